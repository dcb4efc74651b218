/** SHA-1 from Node. */
import { createHash, type Hash } from 'node:crypto';
import type { RunningHash } from '../content-hasher.ts';

/** A running SHA-1. */
export function nodeSha1(): RunningHash {
  return running(createHash('sha1'));
}

function running(hash: Hash): RunningHash {
  return {
    update: (bytes) => hash.update(bytes),
    copy: () => running(hash.copy()),
    digest: () => hash.copy().digest('hex').toUpperCase(),
  };
}
