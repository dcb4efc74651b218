import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from './csv.ts';
import { displayWidth } from './display-width.ts';
import { human } from './human.ts';
import { checkOutputFlags, render } from './printer.ts';
import { rowsOf } from './rows.ts';
import { paint, styled, terminalOf } from './styled.ts';
import { table } from './table.ts';

const flags = { json: false, query: undefined, objectKey: undefined };
const screen = { isTTY: true, terminal: { colors: true, links: true } };
const items = [
  { id: '1', name: 'a, b.txt', size: 7, file: { mimeType: 'text/plain' } },
  { id: '2', name: 'say "hi"', size: 1234 },
];

/** What a program or a person may be shown: our own colors and links apart, no control character but the line feed. */
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const ownSequences = /\u001b\[[0-9;]*m|\u001b\]8;;[\u0021-\u007e]*\u001b\\/g;
const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u001b]8;;x\u001b\\', '\u001b[2J', 'a\u202eb', '\u009b31m', 'a\nb', '\u001b\\x'),
);

test('each object is one line of JSON under --ndjson, whatever its name holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ name: anyName })), async (list) => {
      const lines = (await render(list, { ...flags, ndjson: true })).split('\n').slice(0, -1);
      expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(
        list.map((one) => one.name),
      );
      expect(lines.join('')).not.toMatch(unsafe);
    }),
  );
});

test('CSV has a heading, quotes what needs it, and takes what people look for of an object of the wire', () => {
  expect(csv(rowsOf(items), { escape: false })).toBe('name,size,id\n"a, b.txt",7,1\n"say ""hi""",1234,2\n');
  expect(csv(rowsOf(items, ['name', 'file.mimeType']), { escape: false })).toBe(
    'name,file.mimeType\n"a, b.txt",text/plain\n"say ""hi""",\n',
  );
});

/** A reader of RFC 4180 of our own, for the test. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  const token = /(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/gy;
  for (const [, inQuotes, bare, end] of text.matchAll(token)) {
    row.push(inQuotes?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\n') rows.push(row.splice(0));
  }
  return rows;
}

test('any names survive CSV into a pipe', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyName, anyName), { minLength: 1 }), (list) => {
      const value = list.map(([a, b]) => ({ a, b }));
      expect(readCsv(csv(rowsOf(value), { escape: false })).slice(1)).toEqual(list);
    }),
  );
});

test('a table is aligned, figures to the right, wide letters countText as two', () => {
  expect(
    table(
      rowsOf([
        { n: '日本', size: 5 },
        { n: 'a', size: 1234 },
      ]),
      { colors: false, links: false },
    ),
  ).toBe('n     size\n日本     5\na     1234\n');
  expect(displayWidth('e\u0301日😀')).toBe(5);
});

test('--columns alone asks for a table', async () => {
  expect(await render(items, { ...flags, columns: 'size,name' })).toBe(
    'size  name\n   7  a, b.txt\n1234  say "hi"\n',
  );
});

test('-0 gives names as they are, each ended by a NUL', async () => {
  expect(await render(['a\nb', '\u001b[31m'], { ...flags, nul: true })).toBe('a\nb\0\u001b[31m\0');
});

describe('on a terminal', () => {
  test.each([{}, { csv: true }, { table: true }, { nul: true }, { json: true }, { ndjson: true }])(
    'no name can move the cursor or reorder a line: %j',
    async (form) => {
      await fc.assert(
        fc.asyncProperty(anyName, anyName, async (name, href) => {
          const value = [{ name: styled(name, 'folder', `https://x/${href}`), [name]: name }];
          const text = await render(value, { ...flags, ...form }, screen);
          expect(text.replace(ownSequences, '').replaceAll('\0', '')).not.toMatch(unsafe);
        }),
      );
    },
  );

  test('a folder is coloured and leads to its page', () => {
    expect(paint(styled('Docs', 'folder', 'https://x/y'), screen.terminal)).toBe(
      '\u001b]8;;https://x/y\u001b\\\u001b[1;34mDocs\u001b[0m\u001b]8;;\u001b\\',
    );
  });

  test('no link is made for an address that is not on the web', () => {
    expect(paint(styled('x', 'plain', 'javascript:alert(1)'), screen.terminal)).toBe('x');
  });

  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('TTY %s with %j: colors %s', (isTTY, env, colors) => {
    expect(terminalOf(isTTY, env).colors).toBe(colors);
  });
});

test('elsewhere a marked text is the text', () => {
  expect(human([styled('Docs', 'folder', 'https://x/y')])).toBe('- Docs\n');
  expect(JSON.stringify({ name: styled('Docs', 'folder') })).toBe('{"name":"Docs"}');
});

test('two forms at once are refused as a wrong command line', async () => {
  await expect(checkOutputFlags({ ...flags, csv: true, nul: true })).rejects.toMatchObject({
    code: 'usage',
    message: '--csv and -0 cannot be used together.',
  });
  await expect(checkOutputFlags({ ...flags, columns: 'a,,b' })).rejects.toMatchObject({ code: 'usage' });
});
