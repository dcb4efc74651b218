/** BITS uploads: v5.0's protocol for files of more than 100 MB. */
export * from './offsets.ts';
export * from './packets.ts';
export * from './target.ts';
