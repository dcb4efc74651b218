/** Converts a complete blob to the content of a file. */
import type { SealedBlob } from '../../storage/storage.ts';
import type { Content } from '../items/add-item.ts';

/** Returns a complete (sealed) blob as content. */
export function sealedContent({ id, size, quickXorHash, sha1 }: SealedBlob): Content {
  return { blob: id, size, hashes: { quickXorHash, sha1 } };
}
