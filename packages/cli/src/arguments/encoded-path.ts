/** Finds local files whose names are not UTF-8. */
import { localNameText } from 'onedrive-kit/drive';
import type { Context } from '../context.ts';
import { pathOf } from './local-path.ts';

/**
 * The absolute path of a typed one. If no file has that name in UTF-8, each part of the path is searched among the names
 * that are not valid UTF-8, decoded with `--encoding`.
 */
export async function encodedPath(context: Context, typed: string): Promise<string> {
  const path = context.localPath(typed);
  const { encoding } = context.flags;
  if (/^utf-?8$/i.test(encoding) || (await exists(context, path))) return path;
  const { root, dir, base } = pathOf(context).parse(path);
  if (dir === path || base === '') return path;
  const folder = dir === root ? root : await encodedPath(context, dir);
  const names = await context.fs.readdir(folder).catch(() => []);
  const name = names.find((entry) => localNameText(entry, encoding) === base) ?? base;
  return pathOf(context).join(folder, name);
}

async function exists({ fs }: Context, path: string): Promise<boolean> {
  return await fs.lstat(path).then(
    () => true,
    () => false,
  );
}
