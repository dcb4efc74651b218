import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { verdictOf } from './verify.ts';

describe('verdict', () => {
  const item = (facts: object): DriveItem => ({ id: 'x', name: 'a.bin', ...facts });
  const content = { size: 3, hash: 'YRDDGAAAAAAAAAAAAwAAAAAAAAA=' };
  const file = { hashes: { quickXorHash: content.hash } };

  it('the same size and hash is verified; without a hash it is size-only', () => {
    expect(verdictOf(content, item({ size: 3, file }))).toBe('verified');
    expect(verdictOf(content, item({ size: 3, file: {} }))).toBe('size-only');
    expect(verdictOf(content, item({ size: 3 }))).toBe('size-only');
  });

  it('a hash that matches outweighs the listed size, which is wrong for some photos', () => {
    expect(verdictOf(content, item({ size: 2003, file }))).toBe('verified');
  });

  it('another hash, or another size without a hash, is a mismatch', () => {
    expect(verdictOf(content, item({ size: 4, file: {} }))).toBe('mismatch');
    expect(verdictOf({ ...content, hash: 'x' }, item({ size: 3, file }))).toBe('mismatch');
  });

  it('an Office file may have been rewritten by the service in a business drive, but not in a personal one', () => {
    const office = { name: 'a.docx', size: 9, file: { hashes: { quickXorHash: 'x' } } };
    expect(verdictOf(content, item({ ...office, parentReference: { driveType: 'business' } }))).toBe(
      'rewritten',
    );
    expect(verdictOf(content, item({ ...office, parentReference: { driveType: 'personal' } }))).toBe(
      'mismatch',
    );
  });

  it('the hash of empty content is ignored for a file that is not empty', () => {
    const zero = { hashes: { quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } };
    expect(verdictOf(content, item({ size: 3, file: zero }))).toBe('size-only');
    expect(verdictOf({ size: 0, hash: zero.hashes.quickXorHash }, item({ size: 0, file: zero }))).toBe(
      'verified',
    );
  });
});
