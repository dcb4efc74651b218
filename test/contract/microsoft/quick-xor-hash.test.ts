/**
 * QuickXorHash against published vectors, which are third-party data and not part of this repository: set
 * ONEDRIVE_KIT_CONTRACT to the folder that holds quickxorhash-vectors.json.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quickXorHash } from '../../../packages/kit/src/hash/index.ts';

interface Vector {
  readonly name: string;
  readonly size: number;
  readonly quickXorHash: string;
  readonly sha256Hash: string;
  readonly dataBase64?: string;
}

const folder = process.env['ONEDRIVE_KIT_CONTRACT'];
if (folder === undefined)
  console.log('NOTICE: ONEDRIVE_KIT_CONTRACT is not set: QuickXorHash vectors not checked.');
const vectors: Vector[] = folder
  ? JSON.parse(readFileSync(join(folder, 'quickxorhash-vectors.json'), 'utf8'))
  : [];

/** The bytes of a vector, from its own data or from the recipe that its name gives. */
function bytesOf(vector: Vector): Uint8Array {
  if (vector.dataBase64 !== undefined) return Buffer.from(vector.dataBase64, 'base64');
  if (vector.name.startsWith('nul')) return new Uint8Array(vector.size);
  if (vector.name.startsWith('ff')) return new Uint8Array(vector.size).fill(0xff);
  if (vector.name.startsWith('lcg')) return linearCongruential(vector.size);
  const period = vector.name === 'inc256' ? 256 : 251;
  return Uint8Array.from({ length: vector.size }, (_, i) => i % period);
}

function linearCongruential(size: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) & 0xff;
  });
}

describe.skipIf(folder === undefined)('published QuickXorHash vectors', () => {
  it('are there', () => expect(vectors.length).toBeGreaterThan(20));

  it.each(vectors)('$name', (vector) => {
    const bytes = bytesOf(vector);
    expect(createHash('sha256').update(bytes).digest('hex').toUpperCase()).toBe(vector.sha256Hash);
    const hash = quickXorHash();
    hash.update(bytes);
    expect(hash.digest()).toBe(vector.quickXorHash);
  });
});
