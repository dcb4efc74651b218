import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryFileSystem } from '../memory/memory-file-system.ts';
import { makeFolders } from './make-folders.ts';

/** A file system that rejects new folders with `code`, at any path below `/fixed`. */
function refusing(code: string) {
  const fs = memoryFileSystem();
  const calls: string[] = [];
  const mkdir = async (path: string, mode: number | undefined) => {
    calls.push(path);
    if (path.startsWith('/fixed/')) throw Object.assign(new Error(code), { code });
    await fs.mkdir(path, { recursive: false, ...(mode !== undefined && { mode }) });
  };
  return { calls, fs, folders: { mkdir, stat: fs.stat, dirname } };
}

describe('creating folders with their parents', () => {
  it('fails if a new folder is rejected with ENOENT below an existing folder', async () => {
    const { calls, folders } = refusing('ENOENT');
    await expect(makeFolders(folders, '/fixed/a/b', undefined)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(calls).toEqual(['/fixed/a/b', '/fixed/a', '/fixed', '/fixed/a']);
  });

  it('reports the reason of the file system, such as read-only', async () => {
    const { folders } = refusing('EROFS');
    await expect(makeFolders(folders, '/fixed/a/b', undefined)).rejects.toMatchObject({ code: 'EROFS' });
  });

  it('does not change an existing folder, whatever error code the system returns', async () => {
    const { calls, fs, folders } = refusing('EPERM');
    await fs.mkdir('/fixed/a', { recursive: true });
    await makeFolders(folders, '/fixed/a', 0o700);
    expect(calls).toEqual(['/fixed/a']);
  });
});
