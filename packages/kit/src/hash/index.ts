/** QuickXorHash: the hash that OneDrive keeps of every file, for Node and browsers. */
export {
  borrowHashMemory,
  joinQuickXorHashes,
  type QuickXorHash,
  quickXorHash,
  quickXorHashFrom,
} from './quick-xor-hash.ts';
export type { HashMemory } from './simd-fold.ts';
