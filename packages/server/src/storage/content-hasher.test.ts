import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentHasher } from './content-hasher.ts';
import { nodeSha1 } from './directory/node-sha1.ts';

test('up to 64 MiB have a SHA-1, more have none, also of what goes on from there', () => {
  const mebibyte = new Uint8Array(1024 * 1024).fill(7);
  const hasher = contentHasher(nodeSha1);
  const sha1 = createHash('sha1');
  for (let count = 0; count < 64; count++) {
    hasher.update(mebibyte);
    sha1.update(mebibyte);
  }
  const full = hasher.copy();
  expect(hasher.digest().sha1).toBe(sha1.digest('hex').toUpperCase());
  hasher.update(Uint8Array.of(1));
  expect([hasher.digest().sha1, hasher.copy().digest().sha1]).toEqual(['', '']);
  expect(hasher.digest().quickXorHash).not.toBe(full.digest().quickXorHash);
  expect(full.digest().sha1).not.toBe('');
});
