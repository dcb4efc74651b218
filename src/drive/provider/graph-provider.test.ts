import { expect, it } from 'vitest';
import { myDrive, rootItem } from '../../graph/item-ref-forms.ts';
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
])('an answer that tells of an item without %s is refused, alone and in a list', async (what, item) => {
  await expect(answering(item).item(rootItem, {})).rejects.toThrow(`without ${what}`);
  const list = answering({ value: [{ id: '2', name: 'b.txt' }, item] }).children(rootItem, {});
  await expect(list.pages()[Symbol.asyncIterator]().next()).rejects.toEqual(protocol);
});
