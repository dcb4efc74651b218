/** The file system of Node, as the FileSystem seam: `node:fs/promises` satisfies it as it is. */
import fs from 'node:fs/promises';
import type { FileSystem } from '../file-system.ts';

/** The real disk. Rejections are Node's own errors, with `code` (`ENOENT`, `EACCES`, …). */
export const nodeFileSystem: FileSystem = fs;
