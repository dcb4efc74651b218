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
  ['an id', { name: 'a.txt', file: {} }],
  ['a name', { id: '1', file: {} }],
])('a list with an item without %s is rejected', async (what, item) => {
  const list = answering({ value: [{ id: '2', name: 'b.txt' }, item] }).children(rootItem, {});
  await expect(list.pages()[Symbol.asyncIterator]().next()).rejects.toThrow(`without ${what}`);
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
