import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathInDrive } from './trash-path.ts';

const library = ['sites', 'team', 'Shared Documents'];

describe('a location in the recycle bin of a site', () => {
  it.each([
    ['Shared Documents', []],
    ['Shared Documents/a/b', ['a', 'b']],
    ['sites/team/Shared Documents/a', ['a']],
    ['/sites/Team/shared documents/a/', ['a']],
    ['Shared Documents/Shared Documents', ['Shared Documents']],
    ['Archive/a', undefined],
    ['', undefined],
    ['sites/other/Shared Documents/a', undefined],
  ])('%j is below the root of the drive at %j', (location, path) => {
    expect(pathInDrive(location, library)).toEqual(path);
  });

  it('is the same path in either notation', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'));
    const names = fc.array(name, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(names, fc.array(name, { maxLength: 4 }), fc.nat(3), (drive, path, from) => {
        const start = drive.slice(Math.min(from, drive.length - 1));
        const found = pathInDrive([...start, ...path].join('/'), drive);
        // A path may start with the same names as the library itself: then the longer interpretation is
        // correct.
        expect(found).toBeDefined();
        expect([...start, ...path].slice(-(found?.length ?? 0) || undefined)).toEqual(
          found?.length === 0 ? [...start, ...path] : found,
        );
      }),
    );
  });
});
