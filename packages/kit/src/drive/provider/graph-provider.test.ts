import { expect, it } from 'vitest';
import { itemAt, itemById, myDrive, rootItem } from '../../graph/item-ref-forms.ts';
import type { Transport } from '../../http/transport.ts';
import { graphProvider } from './graph-provider.ts';

function answering(json: unknown) {
  const transport: Transport = async () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: (async function* () {
      yield new TextEncoder().encode(JSON.stringify(json));
    })(),
  });
  return graphProvider({ transport, plain: transport, baseUrl: 'https://graph.example/v1.0' }, myDrive);
}

const protocol = expect.objectContaining({ code: 'protocol' }) as Error;

it.each([
  ['an item without an id', { name: 'a.txt', file: {} }],
  ['an item whose id is a number', { id: 1, name: 'a.txt', file: {} }],
  ['null', null],
])('a list with %s is refused', async (_, item) => {
  const list = answering({ value: [{ id: '2', name: 'b.txt' }, item] }).children(rootItem, {});
  await expect(list.pages()[Symbol.asyncIterator]().next()).rejects.toEqual(protocol);
});

it.each([
  ['no name', { id: '1', file: {} }, '1'],
  ['the name null', { id: '1', name: null, file: {} }, '1'],
  ['no name and is a root', { id: '1', root: {} }, 'root'],
])('an item of a list that has %s is listed with the others', async (_, item, name) => {
  const list = answering({ value: [{ id: '2', name: 'b.txt' }, item] }).children(rootItem, {});
  const listed = [];
  for await (const one of list) listed.push(one.name);
  expect(listed).toEqual(['b.txt', name]);
});

it('a response without an id is rejected', async () => {
  await expect(answering({ name: 'a.txt', file: {} }).item(rootItem, {})).rejects.toEqual(protocol);
});

it.each([
  ['its path', itemAt('d', 'a.txt'), {}, 'a.txt'],
  ['the root', rootItem, { root: {} }, 'root'],
  ['its id', itemById('1'), {}, '1'],
])('an item without a name that is read by %s gets a name', async (_, ref, facet, name) => {
  expect(await answering({ id: '1', ...facet }).item(ref, {})).toMatchObject({ id: '1', name });
});
