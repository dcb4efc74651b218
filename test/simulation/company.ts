/** The small files that go with the file of a schedule, in folders of their own: the whole is moved as a tree. */
import type { Drive, Verdict } from '../../packages/kit/src/drive/index.ts';
import type { FileSystem } from '../../packages/kit/src/platform/index.ts';
import type { MemoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import type { Told } from './judge.ts';
import { home, write } from './local-file.ts';
import type { Schedule } from './schedule.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/** Their paths and contents; none where the file goes alone. */
export function companyOf(
  { seed, company = [] }: Schedule,
  bytesOf: (size: number, seed: number) => Uint8Array,
): Files {
  const path = (at: number) => `sub${at % 2}/s${at}.bin`;
  return new Map(company.map((size, at) => [path(at), bytesOf(size, seed + 10 + at)]));
}

/** Puts them where they come from. */
export async function writeCompany(fileSystem: MemoryFileSystem, files: Files): Promise<void> {
  for (const [path, bytes] of files) {
    await fileSystem.mkdir(`${home}/${path.split('/')[0]}`, { recursive: true });
    await write(fileSystem, bytes, `${home}/${path}`);
  }
}

/** The same in the drive. */
export async function uploadCompany(drive: Drive, files: Files): Promise<void> {
  for (const [path, bytes] of files) {
    const [folder = '', name = ''] = path.split('/');
    await drive.makeFolder('', folder, { parents: true });
    await drive.upload(bytes, folder, { name });
  }
}

/**
 * Moves the tree.
 * @param tell is called with the reported outcome of each file.
 * @throws what its first failure was.
 */
export async function moveTree(
  drive: Drive,
  direction: Schedule['direction'],
  local: { readonly fileSystem: FileSystem; readonly durable: boolean },
  tell: (path: string, what: Told) => void,
): Promise<void> {
  const tree = { ...local, folder: home };
  const events = direction === 'upload' ? drive.putTree(tree, '') : drive.getTree('', tree);
  let first: { readonly error: unknown } | undefined;
  for await (const event of events) {
    if (event.type === 'failed') first ??= event;
    if (event.type === 'done') tell(event.path, event.verdict satisfies Verdict);
    if (event.type === 'skipped') tell(event.path, 'same');
  }
  if (first !== undefined) throw first.error;
}
