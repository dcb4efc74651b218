import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DriveAddress, parseDriveAddress } from './drive-address.ts';

function parse(url: string): DriveAddress | undefined {
  const { pathname, searchParams } = new URL(url, 'https://host');
  return parseDriveAddress(pathname, (name) => searchParams.get(name));
}

/**
 * drive
 * start
 * path
 * tail, as a short text for the table.
 */
function short(url: string): string {
  const address = parse(url);
  if (address === undefined) return 'none';
  const { drive, item, tail } = address;
  const who = drive.by === 'me' ? 'me' : `${drive.by}=${drive.by === 'share' ? drive.token : drive.id}`;
  const names = tail
    .map(({ name, args }) => name + (args === undefined ? '' : JSON.stringify(args)))
    .join('/');
  if (item === undefined) return `${who} > ${names}`;
  const { start } = item;
  const from =
    start.by === 'root'
      ? 'root'
      : `${start.by}=${'id' in start ? start.id : start.by === 'special' ? start.name : start.token}`;
  return `${who} | ${from} | ${item.path.join('|')} > ${names}`;
}

describe('an address', () => {
  test.each([
    ['/me/drive', 'me > '],
    ['/me/drive/', 'me > '],
    ['/drive', 'me > '],
    ['/drives/b!x/', 'id=b!x > '],
    ["/drives('b!x')/items('01A')", 'id=b!x | id=01A |  > '],
    ['/me/drives/b!x/root', 'id=b!x | root |  > '],
    ['/users/a@b.c/drive/root', 'user=a@b.c | root |  > '],
    ['/groups/g/drive/items/1', 'group=g | id=1 |  > '],
    ['/sites/host,1,2/drive/root', 'site=host,1,2 | root |  > '],
    ['/sites/host:/teams/x:/drive/root', 'site=host:/teams/x | root |  > '],
    ['/sites/s/drives/b!x/items/1', 'id=b!x | id=1 |  > '],
    ['/shares/u!abc/driveItem/children', 'share=u!abc | share=u!abc |  > children'],
    ['/shares/u!abc/root:/a:/content', 'share=u!abc | share=u!abc | a > content'],
    ['/shares/u!abc/items/1', 'share=u!abc | id=1 |  > '],
    ['/me/drive/root/children', 'me | root |  > children'],
    ['/me/drive/items/root', 'me | root |  > '],
    ['/me/drive/items/ID!1/content', 'me | id=ID!1 |  > content'],
    ['/drives/me/items/root:/a/b.txt', 'me | root | a|b.txt > '],
    ['/me/drive/root:%2Fa%2Fb%20(1):/children', 'me | root | a|b (1) > children'],
    ['/me/drive/items/X:%2Fa.txt', 'me | id=X | a.txt > '],
    ['/me/drive/items/root%3A%2Fa(1)%2Fb.txt%3A/content', 'me | root | a(1)|b.txt > content'],
    ['/me/drive/special/Documents/children', 'me | special=documents |  > children'],
    ['/me/drive/special/photos:/a/b.jpg:/content', 'me | special=photos | a|b.jpg > content'],
    ['/me/drive/root:/a/b.txt', 'me | root | a|b.txt > '],
    ['/me/drive/root:/a/b.txt:', 'me | root | a|b.txt > '],
    ['/me/drive/root:/a/b.txt:/content', 'me | root | a|b.txt > content'],
    ['/me/drive/root:/a/:/children', 'me | root | a > children'],
    ['/me/drive/root:/:/children', 'me | root |  > children'],
    ['/me/drive/root:', 'me | root |  > '],
    ['/me/drive/items/ID:/', 'me | id=ID |  > '],
    ['/me/drive/items/ID:/leaf', 'me | id=ID | leaf > '],
    ['/me/drive/items/ID:/leaf:', 'me | id=ID | leaf > '],
    ['/me/drive/items/ID:/leaf:/createUploadSession', 'me | id=ID | leaf > createuploadsession'],
    ['/me/drive/root:/.%2FDir%2Fa.txt', 'me | root | Dir|a.txt > '],
    ['/me/drive/root:/100%25%20%23x.txt:/content', 'me | root | 100% #x.txt > content'],
    ['/me/drive/root:/a(1)/search(q):/children', 'me | root | a(1)|search(q) > children'],
    ['/me/drive/root/children/leaf/content', 'me | root | leaf > content'],
    ["/me/drive/items/ID/children('le''af')/content", "me | id=ID | le'af > content"],
    ["/me/drive/items/ID/children('@a1')/content?@a1='pa''th'", "me | id=ID | pa'th > content"],
    ['/me/drive/items/ID/children(@a1)/content?@a1=%27path%27', 'me | id=ID | path > content'],
    ['/me/drive/root/children/photo(1)/content', 'me | root | photo(1) > content'],
    ['/me/drive/root/delta', 'me | root |  > delta'],
    ['/me/drive/root/delta()', 'me | root |  > delta{}'],
    ["/me/drive/root/delta(token='a%20b')", 'me | root |  > delta{"token":"a b"}'],
    ["/me/drive/root/delta(token=@t)?@t='x'", 'me | root |  > delta{"token":"x"}'],
    ["/me/drive/root/search(q='it''s')", 'me | root |  > search{"q":"it\'s"}'],
    ["/me/drive/root/search(q='a, b)')", 'me | root |  > search{"q":"a, b)"}'],
    ['/me/drive/root/microsoft.graph.delta', 'me | root |  > delta'],
    ['/me/drive/oneDrive.sharedWithMe', 'me > sharedwithme'],
    ['/me/drive/items/1/action.copy', 'me | id=1 |  > copy'],
    ['/Me/Drive/Root/Children/Leaf/Content', 'me | root | Leaf > content'],
    ['/shares/u!aBc/driveitem', 'share=u!aBc | share=u!aBc |  > '],
    ["/Drives('b!X')/Items('01A')/checkIn", 'id=b!X | id=01A |  > checkin'],
    ['/drives/b!x/items/root%3A%2Fa%2Fb%20c.txt%3A/content', 'id=b!x | root | a|b c.txt > content'],
    ['/drives/b!x/items/root%3a/a%2525.txt%3a/content', 'id=b!x | root | a%25.txt > content'],
    ['/drives/b!x/items/root%3A%2Fa.txt/content', 'id=b!x | root | a.txt|content > '],
    ['/sites/host%3A%2Fsites%2Fx%3A/drive', 'site=host:/sites/x > '],
    ["/me/drive/root/search(q='a%3A%2Fb')", 'me | root |  > search{"q":"a:/b"}'],
    ['/me', 'none'],
    ['/sites/host/lists', 'none'],
    ['/', 'none'],
  ])('%s', (url, wanted) => {
    expect(short(url)).toBe(wanted);
  });

  test('a path with "..", or that is not UTF-8, is refused', () => {
    expect(() => parse('/me/drive/root:/a%2F..%2F..%2Fb')).toThrow(/\.\./);
    expect(() => parse('/me/drive/root:/%FF')).toThrow(/UTF-8/);
  });

  const name = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => text.isWellFormed() && !/[/:\\]/.test(text) && text !== '.' && text !== '..');

  test('every percent-encoded name is decoded, in a path and as a child', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const path = names.map(encodeURIComponent).join('/');
        for (const url of [
          `/me/drive/root:/${path}:/content`,
          `/me/drive/root:/${path}`,
          `/me/drive/items/x:/${path}:`,
        ])
          expect(parse(url)?.item?.path).toEqual(names);
        const [first = ''] = names;
        expect(parse(`/me/drive/root/children/${encodeURIComponent(first)}/content`)?.item?.path).toEqual([
          first,
        ]);
      }),
    );
  });

  test('every invalid address fails with a ServiceError', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'me',
        'drive',
        'drives',
        'root',
        'root:',
        'items',
        ':',
        "x('a')",
        'children',
        '%',
        '%2F',
        "delta(token='",
        '((',
        "f(q='')",
        '',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          parseDriveAddress(`/${pieces.join('/')}`, () => null);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ServiceError', status: 400 });
        }
      }),
      { numRuns: 500 },
    );
  });
});
