/**
 * Names and paths from the client through the wire to the server and back: whatever name the client lets pass, the
 * server keeps as it is; what the client refuses never leaves it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameProblem } from '../../packages/kit/src/drive/address/item-names.ts';
import { type EmbeddedDrive, embeddedDrive } from '../embedded/embedded-drive.ts';

const bytes = new TextEncoder().encode('x');

/** What names are made of that break clients: escapes of URLs, quotes, dots, marks of direction, other scripts. */
const tricky = fc.constantFrom(
  ...[
    '%',
    '%25',
    '%2F',
    '#',
    '?',
    '&',
    '+',
    "'",
    '..',
    '.',
    ' ',
    '~',
    ';',
    '=',
    '@',
    '$',
    '!',
    '(',
    ')',
    '[',
    '{',
  ],
  ...[
    '\u202e',
    '\u200b',
    '\ufeff',
    'é',
    'e\u0301',
    'ß',
    'İ',
    '漢',
    '😀',
    '👨‍👩‍👧',
    'root',
    'con',
    'children',
    'content',
  ],
);

const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.array(tricky, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  )
  .filter((one) => nameProblem(one) === undefined);

/** Kept, found by its path and by its list, told as it was, gone when removed. */
async function roundTrip({ drive }: EmbeddedDrive, folder: string, file: string): Promise<void> {
  await drive.makeFolder('', folder);
  const { item } = await drive.upload(bytes, `/${folder}`, { name: file });
  const path = `/${folder}/${file}`;
  const as = { as: 'path' } as const;
  expect(item.name).toBe(file);
  expect((await drive.stat(path, as)).id).toBe(item.id);
  const listed: string[] = [];
  for await (const one of drive.list(`/${folder}`, as)) listed.push(one.name);
  expect(listed).toEqual([file]);
  await drive.remove(`/${folder}`, as);
  await expect(drive.stat(path, as)).rejects.toMatchObject({ code: 'not-found' });
}

describe.each(['personal', 'business'] as const)('on a %s drive', (kind) => {
  it('every name that the client lets pass is kept as it is', async () => {
    const one = await embeddedDrive({ kind });
    await fc.assert(
      fc.asyncProperty(name, name, async (folder, file) => {
        // Libraries alone refuse what begins with a tilde: their own answer tells so, not the client.
        fc.pre(kind === 'personal' || ![folder, file].some((text) => text.startsWith('~')));
        await roundTrip(one, folder, file);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('a renaming that changes nothing but case is done, and leaves one item', async () => {
    const one = await embeddedDrive({ kind });
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-zäéñ]{1,8}$/u), async (text) => {
        fc.pre(nameProblem(text) === undefined && nameProblem(text.toUpperCase()) === undefined);
        const { item } = await one.drive.upload(bytes, '', { name: text });
        const renamed = await one.drive.rename(`/${text}`, text.toUpperCase(), { as: 'path' });
        expect([renamed.id, renamed.name]).toEqual([item.id, text.toUpperCase()]);
        await one.drive.remove(`/${text}`, { as: 'path' });
      }),
      { numRuns: 25 },
    );
  });

  it.each(['.', '..', 'a/b', 'a:b', 'con', 'LPT1.txt', ' a', 'a.', '.lock', 'x'.repeat(256), '\ud800', ''])(
    'the name %j is refused before anything is sent',
    async (bad) => {
      const one = await embeddedDrive({ kind });
      one.asked.length = 0;
      await expect(one.drive.upload(bytes, '', { name: bad })).rejects.toMatchObject({
        code: 'invalid-name',
      });
      expect(one.asked).toEqual([]);
    },
  );

  it('a path of more than 400 characters is refused, by the client or by the server, with its reason', async () => {
    const { drive } = await embeddedDrive({ kind });
    const deep = Array.from({ length: 9 }, () => 'd'.repeat(50)).join('/');
    await expect(drive.makeFolder('', deep, { parents: true })).rejects.toMatchObject({
      code: expect.stringMatching(/invalid/),
    });
  });
});
