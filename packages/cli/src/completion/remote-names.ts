/**
 * Names in a folder of the drive, for a shell that asks at every press of a key: kept for half a minute in a file, so
 * that only the first press waits for the network. Nothing but names is kept, readable by the user alone.
 */

import { userFolders } from 'onedrive-kit/config';
import { holdsItems } from 'onedrive-kit/internal/drive/item-kind';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';

/** Milliseconds for which names are kept. */
const lifetime = 30_000;
/** More names than anybody reads. */
const most = 2000;

/** A name; folders end in a slash. */
export async function remoteNames(folder: string, context: Context): Promise<readonly string[]> {
  const file = await cacheFile(folder, context);
  const kept = await readKept(file, context);
  if (kept !== undefined) return kept;
  const drive = await context.drive();
  const names: string[] = [];
  for await (const item of drive.list(folder, { ...context.call, limit: most }))
    names.push(holdsItems(item) ? `${item.name}/` : item.name);
  await keep(file, names, context).catch(() => undefined); // the next press asks again
  return names;
}

async function cacheFile(folder: string, context: Context): Promise<string> {
  const { config, profile, local, data, drive, api, id, path } = context.flags;
  const [file, place] = [config, data].map((typed) => typed && context.localPath(typed));
  // Whatever decides whose drive it is: the profile, a token, the address of the service.
  const settings = Object.entries(context.env).filter(([name]) => name.startsWith('ONEDRIVE_'));
  const account = [file, profile, local, place, drive, api, id, path, settings.sort(), folder];
  const key = await sha256Name(JSON.stringify(account));
  return pathOf(context).join(userFolders(context).cache, 'completion', `${key}.json`);
}

async function sha256Name(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readKept(file: string, { fs, clock }: Context): Promise<readonly string[] | undefined> {
  try {
    const { at, names } = JSON.parse(await fs.readFile(file, 'utf8')) as { at: number; names: string[] };
    const age = clock.now() - at;
    return age >= 0 && age < lifetime && Array.isArray(names) ? names : undefined;
  } catch {
    return undefined; // none yet, or not one of ours
  }
}

async function keep(file: string, names: readonly string[], context: Context): Promise<void> {
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
