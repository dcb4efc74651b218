import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessDriveId, businessItemId, itemId } from '../files/items/item-ids.ts';
import type { ItemData } from '../files/items/item-record.ts';
import { parseTags, precondition, tagsMatch } from './conditional.ts';
import { cTagOf, eTagOf, headerTag } from './entity-tags.ts';
import { guidOf } from './guid.ts';

const item = (id: string, guid: string, version: number, contentVersion: number, rank: 0 | 1 = 1) => ({
  id,
  version,
  contentVersion,
  rank,
  data: { guid } as ItemData,
});

describe('ids and tags have the forms of the published examples', () => {
  test('an item id of a business drive contains the GUID of its eTag', () => {
    const guid = 'B7B2648F-C50C-4D1E-BB99-9C1DCD5E37AE';
    const published = '01YNDLPYMPMSZLODGFDZG3XGM4DXGV4N5O';
    const id = businessItemId('C6C6BD8C', guid);
    // The last 26 letters encode the GUID; the letters before identify the library.
    expect(id.slice(-25)).toBe(published.slice(-25));
    expect(id).toHaveLength(published.length);
    expect(eTagOf(item(id, guid, 2, 3), 'business')).toBe(`"{${guid}},2"`);
    expect(cTagOf(item(id, guid, 2, 3), 'business')).toBe(`"c:{${guid}},3"`);
    expect(cTagOf(item(id, guid, 2, 3, 0), 'documentLibrary')).toBe(`"c:{${guid}},0"`);
  });

  test('ids of the roots of business drives have the same ending', () => {
    expect(businessItemId('00000001', 'EA8CC6BE-FFDB-43D7-976F-BC7DA445C639')).toMatch(
      /N6Y2GOVW7725BZO354PWSELRRZ$/,
    );
  });

  test('a business drive id is b! and 64 letters', () => {
    const guid = guidOf(new Uint8Array(16).fill(200));
    expect(businessDriveId(guid, guid, guid)).toMatch(/^b![\w-]{64}$/);
  });

  test('a personal eTag is the letter a and base64 of id and number', () => {
    expect(eTagOf(item('D4648F06C91D9D3D!54927', '', 0, 0), 'personal')).toBe(
      'aRDQ2NDhGMDZDOTFEOUQzRCE1NDkyNy4w',
    );
  });

  test('personal ids are numbered, or contain a GUID on migrated accounts', () => {
    const drive = { kind: 'personal', id: 'd4648f06c91d9d3d', itemIds: 'number', library: '' } as const;
    expect(itemId(drive, '', 1)).toBe('D4648F06C91D9D3D!101');
    expect(itemId({ ...drive, itemIds: 'guid' }, 'EA8CC6BE-FFDB-43D7-976F-BC7DA445C639', 1)).toBe(
      'D4648F06C91D9D3D!sea8cc6beffdb43d7976fbc7da445c639',
    );
  });

  test('different GUIDs give different ids', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [one, other] = [guidOf(a), guidOf(b)];
        expect(businessItemId('01020304', one) === businessItemId('01020304', other)).toBe(one === other);
      }),
    );
  });
});

describe('conditional headers', () => {
  const business = ['"{AA-1},2"', '"c:{AA-1},3"'] as const;
  const personal = ['aRDQ2', 'aYzp='] as const;

  test.each([
    ['"{AA-1},2"', business, true],
    ['{AA-1},2', business, true],
    ['"c:{AA-1},3"', business, true],
    ['"x", "{AA-1},2"', business, true],
    ['W/"{AA-1},2"', business, true],
    ['"{AA-1},1"', business, false],
    ['aRDQ2', personal, true],
    ['"aRDQ2"', personal, true],
    ['x, aRDQ2', personal, true],
    ['aYzp=', personal, true],
    ['ardq2', personal, false],
    ['*', personal, true],
  ])('%s', (header, tags, matches) => {
    expect(tagsMatch(header, tags)).toBe(matches);
  });

  test('no tag matches an item that does not exist', () => {
    expect(tagsMatch('*', undefined)).toBe(false);
  });

  test('If-Match fails; If-None-Match gives 304 for reads and fails for writes', () => {
    const tags = ['"t"', '"c"'];
    expect(precondition({ ifMatch: '"t"' }, tags, false)).toBe('go');
    expect(precondition({ ifMatch: '"x"' }, tags, false)).toBe('failed');
    expect(precondition({ ifMatch: '*' }, undefined, false)).toBe('failed');
    expect(precondition({ ifNoneMatch: '"c"' }, tags, true)).toBe('not-modified');
    expect(precondition({ ifNoneMatch: '*' }, tags, false)).toBe('failed');
    expect(precondition({ ifNoneMatch: '*' }, undefined, false)).toBe('go');
    expect(precondition({}, tags, true)).toBe('go');
  });

  test('a tag that the server sent matches in any list', () => {
    const tag = fc.stringMatching(/^[\w{}:=-]{1,20}$/);
    fc.assert(
      fc.property(tag, fc.array(tag, { maxLength: 3 }), (mine, others) => {
        expect(parseTags([...others, mine].map(headerTag).join(', '))).toContain(mine);
        expect(tagsMatch([...others, mine].map(headerTag).join(','), [mine])).toBe(true);
      }),
    );
  });
});
