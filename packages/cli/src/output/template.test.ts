import { expect, test } from 'vitest';
import { presentable, render } from './printer.ts';
import { template } from './template.ts';

const item = { id: 'A!1', name: 'a.txt', size: 7, from: { name: 'Ann' }, 'x.y': 'dotted' };

test.each([
  ['name', 'a.txt'],
  ['size', 7],
  ['from.name', 'Ann'],
  ['x.y', 'dotted'],
  ['{name}', 'a.txt'],
  ['{0[name]}', 'a.txt'],
  ['{0[from][name]}', 'Ann'],
  ['{from[name]} has {name!r}', 'Ann has "a.txt"'],
  ['{0[size]:03d}|{name:>7}|{name:<7}|{name:^7}|{size:.2f}', '007|  a.txt|a.txt  | a.txt |7.00'],
  ['{{{name}}}', '{a.txt}'],
])('%s gives %j', (spec, text) => {
  expect(template(spec)(item)).toEqual(text);
});

test('an object that lacks a key is left out', async () => {
  const flags = { json: false, query: undefined, objectKey: '{name}: {description}' };
  expect(await render([item, { ...item, description: 'D' }], flags)).toBe('- a.txt: D\n');
});

test.each(['{', 'a{}}', '{name', '{}', '{0}', '{name!x}', '{name:Q}', '{{name}'])(
  'the template %s is refused as a wrong command line',
  (spec) => {
    expect(() => template(spec)).toThrow(expect.objectContaining({ code: 'usage' }));
  },
);

test('a query selects before a key picks', async () => {
  const flags = { json: true, query: '[?size > `5`]', objectKey: 'name' };
  expect(await render([item, { name: 'b', size: 1 }], flags)).toBe('[\n  "a.txt"\n]\n');
});

test('a malformed query is refused as a wrong command line', async () => {
  const flags = { json: false, query: '[?', objectKey: undefined };
  await expect(render([], flags)).rejects.toMatchObject({ code: 'usage' });
});

test('a download URL is a secret and is left out wherever it stands', () => {
  const secret = {
    name: 'a',
    '@microsoft.graph.downloadUrl': 'https://x/secret',
    children: [{ '@content.downloadUrl': 's' }],
  };
  expect(presentable(secret)).toEqual({ name: 'a', children: [{}] });
});
