import { expect, test } from 'vitest';
import { columnProperties } from './columns-select.ts';
import { eachRendered, writesEach } from './print-each.ts';
import { render } from './printer.ts';

const plain = { json: false, query: undefined, objectKey: undefined };
const entries = [
  { name: 'a\u202e', list: [1, { deep: 'x\ny' }] },
  { name: 'b', '@microsoft.graph.downloadUrl': 'secret' },
];

async function* coming<T>(values: readonly T[]) {
  yield* values;
}

async function inPieces(values: readonly unknown[], flags: Parameters<typeof render>[1]) {
  let text = '';
  for await (const piece of eachRendered(coming(values), flags)) text += piece;
  return text;
}

test.each([{ json: true }, { ndjson: true }])('%o in pieces is the text of the whole', async (form) => {
  const flags = { ...plain, ...form };
  const [first] = entries;
  expect(await inPieces([], flags)).toBe(await render([], flags));
  expect(await inPieces([first, 'text', first], flags)).toBe(await render([first, 'text', first], flags));
});

test('secrets are left out of pieces too', async () => {
  expect(await inPieces(entries, { ...plain, ndjson: true })).not.toContain('secret');
});

test('a long list comes in many pieces', async () => {
  let pieces = 0;
  const long = Array.from({ length: 5000 }, () => ({ text: 'x'.repeat(100) }));
  for await (const piece of eachRendered(coming(long), { ...plain, json: true }))
    pieces += piece === '' ? 0 : 1;
  expect(pieces).toBeGreaterThan(5);
});

test('what selects from a list needs it whole', () => {
  expect(writesEach({ ...plain, json: true })).toBe(true);
  expect(writesEach({ ...plain, json: true, query: '[0]' })).toBe(false);
  expect(writesEach({ ...plain, ndjson: true, objectKey: 'name' })).toBe(false);
  expect(writesEach({ ...plain, csv: true })).toBe(false);
});

test('only known properties are asked for alone', () => {
  expect(columnProperties({ ...plain, csv: true })).toEqual(['size', 'lastModifiedDateTime']);
  expect(columnProperties({ ...plain, columns: 'path, file.mimeType' })).toEqual(['file']);
  expect(columnProperties({ ...plain, columns: 'path,unheard.of' })).toBeUndefined();
  expect(columnProperties({ ...plain, csv: true, query: '[].name' })).toBeUndefined();
});
