/**
 * The environment as parameters: time, randomness, locks, records and files, in every runtime and in memory.
 */
export type { Clock } from './clock.ts';
export type { FileHandle, FileStat, FileSystem } from './file-system.ts';
export type { Lock } from './lock.ts';
export { type ManualClock, manualClock } from './memory/manual-clock.ts';
export { memoryLock } from './memory/memory-lock.ts';
export { memoryStore } from './memory/memory-store.ts';
export { seededRandom } from './memory/seeded-random.ts';
export type { Random } from './random.ts';
export type { Store, StoredValue } from './store.ts';
export { systemClock } from './web/system-clock.ts';
export { systemRandom } from './web/system-random.ts';
