/** Compares a local folder with a folder of the drive, for `check`. */
import { foldName, itemKind, localNameText, pathSource, sameContent } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import type { FileStat } from 'onedrive-kit/platform';
import { orLocalError } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';

/** A local file below the compared folder. */
interface LocalFile {
  /** Relative, with `/` between names. */
  readonly path: string;
  readonly file: string;
  readonly facts: FileStat;
}

/** The result for one path: `missing` in the drive, `extra` there, or present on both sides. */
export interface Comparison {
  readonly result: 'same' | 'different' | 'missing' | 'extra';
  readonly path: string;
}

/** Compares all files of both sides, by content or by size only. Symbolic links are ignored. */
export async function* compareTrees(
  context: Context,
  {
    local,
    remote,
  }: { readonly local: string; readonly remote: AsyncIterable<{ path: string; item: DriveItem }> },
  { sizeOnly }: { readonly sizeOnly: boolean },
): AsyncGenerator<Comparison, void, undefined> {
  const waiting = new Map<string, LocalFile>();
  for await (const file of localFiles(context, local, '')) waiting.set(foldName(file.path), file);
  for await (const { path, item } of remote) {
    if (itemKind(item) !== 'file') continue;
    const key = foldName(path);
    const file = waiting.get(key);
    if (file === undefined) {
      yield { result: 'extra', path };
      continue;
    }
    waiting.delete(key);
    const same = sizeOnly ? item.size === file.facts.size : await equalContent(context, file, item);
    yield { result: same ? 'same' : 'different', path };
  }
  for (const { path } of waiting.values()) yield { result: 'missing', path };
}

/** By hash; by size if the drive reports no hash. */
export async function equalContent(
  context: Context,
  { file, facts }: Pick<LocalFile, 'file' | 'facts'>,
  item: DriveItem,
): Promise<boolean> {
  if (item.file?.hashes?.quickXorHash === undefined) return item.size === facts.size;
  return sameContent({ size: facts.size, modifiedMs: facts.mtimeMs }, item, () =>
    pathSource(context.fs, file),
  );
}

async function* localFiles(
  context: Context,
  folder: string,
  prefix: string,
): AsyncGenerator<LocalFile, void, undefined> {
  const { fs, flags, signal } = context;
  for (const name of (await orLocalError(fs.readdir(folder), 'read', folder)).sort()) {
    signal.throwIfAborted();
    const file = pathOf(context).join(folder, name);
    const facts = await orLocalError(fs.lstat(file), 'read', file);
    const path = prefix + (localNameText(name, flags.encoding) ?? name);
    if (facts.isDirectory()) yield* localFiles(context, file, `${path}/`);
    else if (facts.isFile()) yield { path, file, facts };
  }
}
