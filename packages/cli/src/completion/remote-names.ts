/**
 * Names in a folder of the drive for completion. They are cached in a file for 30 seconds, so that only the first key press
 * waits for the network. The file contains only names and is readable only by the user.
 */

import { userFolders } from 'onedrive-kit/config';
import { holdsItems } from 'onedrive-kit/internal/drive/item-kind';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';

/** Age in milliseconds at which cached names expire. */
const maxAgeMs = 30_000;
/** Maximum number of candidates. */
const maxNames = 2000;

/** The names in a folder; those of folders end with a slash. */
export async function remoteNames(folder: string, context: Context): Promise<readonly string[]> {
  const file = await cacheFile(folder, context);
  const cached = await readCache(file, context);
  if (cached !== undefined) return cached;
  const drive = await context.drive();
  const names: string[] = [];
  for await (const item of drive.list(folder, { ...context.call, limit: maxNames }))
    names.push(holdsItems(item) ? `${item.name}/` : item.name);
  await writeCache(file, names, context).catch(() => undefined); // the next key press requests them again
  return names;
}

async function cacheFile(folder: string, context: Context): Promise<string> {
  const { config, profile, local, data, drive, api, id, path } = context.flags;
  const [file, dataFolder] = [config, data].map((typed) => typed && context.localPath(typed));
  // The key contains everything that selects the drive: the profile, a token, the address of the service.
  const settings = Object.entries(context.env).filter(([name]) => name.startsWith('ONEDRIVE_'));
  const account = [file, profile, local, dataFolder, drive, api, id, path, settings.sort(), folder];
  const key = await sha256Name(JSON.stringify(account));
  return pathOf(context).join(userFolders(context).cache, 'completion', `${key}.json`);
}

async function sha256Name(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readCache(file: string, { fs, clock }: Context): Promise<readonly string[] | undefined> {
  try {
    const { at, names } = JSON.parse(await fs.readFile(file, 'utf8')) as { at: number; names: string[] };
    const age = clock.now() - at;
    return age >= 0 && age < maxAgeMs && Array.isArray(names) ? names : undefined;
  } catch {
    return undefined; // missing or invalid
  }
}

async function writeCache(file: string, names: readonly string[], context: Context): Promise<void> {
  const { fs, clock } = context;
  await fs.mkdir(pathOf(context).dirname(file), { recursive: true, mode: 0o700 });
  const handle = await fs.open(file, 'w', 0o600);
  try {
    const bytes = new TextEncoder().encode(JSON.stringify({ at: clock.now(), names }));
    await handle.write(bytes, 0, bytes.byteLength, 0);
  } finally {
    await handle.close();
  }
}
