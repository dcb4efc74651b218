import { expect, it } from 'vitest';
import { placeHash, readPlace, root } from './address.ts';

it.each([
  root,
  { ...root, path: ['Documents', 'Reports'] },
  { ...root, path: ['50% off?', '#1 & more', 'ä/b'] },
  { ...root, path: ['a'], sort: 'size', descending: true } as const,
  { ...root, bin: true, sort: 'modified' } as const,
])('the hash of %j leads back to it', (place) => expect(readPlace(placeHash(place))).toEqual(place));

it('an empty or unknown hash is the root folder by name', () => {
  for (const hash of ['', '#', '#/', '#x', '#/?sort=color&order=up']) expect(readPlace(hash)).toEqual(root);
});

it('a name that is not well-formed stands for itself', () => {
  expect(readPlace('#/100%/b').path).toEqual(['100%', 'b']);
});
