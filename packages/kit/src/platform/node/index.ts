/** Implementations for Node: files, records in files, locks between processes. */
export { type BlockedLock, type FileLockOptions, fileLock } from './file-lock.ts';
export { type FileStoreOptions, fileStore } from './file-store.ts';
export { nodeFileSystem } from './node-file-system.ts';
