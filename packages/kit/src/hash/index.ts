/** QuickXorHash: the hash that OneDrive stores for every file, for Node and browsers. */
export {
  borrowHashMemory,
  joinQuickXorHashes,
  type QuickXorHash,
  quickXorHash,
  quickXorHashFrom,
} from './quick-xor-hash.ts';
export type { HashMemory } from './simd-fold.ts';
