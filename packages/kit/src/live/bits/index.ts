/** BITS uploads: how v5.0 took files of more than 100 MB. */
export * from './offsets.ts';
export * from './packets.ts';
export * from './target.ts';
