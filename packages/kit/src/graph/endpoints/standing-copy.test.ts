/** Whether the item at the place of a copy is the copy of an attempt whose response was lost. */
import { expect, it } from 'vitest';
import { scripted } from '../../../../../test/scripted/scripted-transport.ts';
import { attempts } from '../../http/attempts.ts';
import { itemAt, myDrive } from '../item-ref-forms.ts';
import type { DriveItem } from '../types/index.ts';
import { standingCopy } from './standing-copy.ts';

const now = Date.UTC(2026, 0, 15, 12);
const at = (ms: number) => new Date(now + ms).toISOString();
const source: DriveItem = { id: 's', name: 'a', size: 3, file: { hashes: { quickXorHash: 'AAA=' } } };

/** The first attempt began ten seconds ago. */
async function judge(standing: object, original: DriveItem = source, headers: Record<string, string> = {}) {
  const memory = attempts();
  memory.note(() => 10_000);
  const { transport } = scripted([
    {
      json: { id: 'c', name: 'a', ...standing },
      headers: { 'content-type': 'application/json', ...headers },
    },
  ]);
  const client = { transport, plain: transport, baseUrl: 'https://graph.example/v1.0' };
  return (await standingCopy(client, myDrive, itemAt('a'), { source: original, attempts: memory, now })).kind;
}

const same = { size: 3, file: { hashes: { quickXorHash: 'AAA=' } } };

it.each([
  ['copy', 'created since, with the same size and hash', { createdDateTime: at(-5000), ...same }],
  [
    'copy',
    'created since, within the two seconds by which times are rounded',
    { createdDateTime: at(-11_500), ...same },
  ],
  ['other', 'created before the first attempt', { createdDateTime: at(-60_000), ...same }],
  ['other', 'without a time', same],
  ['partial', 'of another size', { createdDateTime: at(-5000), ...same, size: 2 }],
  [
    'partial',
    'with another hash',
    { createdDateTime: at(-5000), size: 3, file: { hashes: { quickXorHash: 'BBB=' } } },
  ],
  [
    'partial',
    'without a common hash',
    { createdDateTime: at(-5000), size: 3, file: { hashes: { sha1Hash: 'x' } } },
  ],
  ['partial', 'of another kind', { createdDateTime: at(-5000), size: 3, folder: { childCount: 0 } }],
])('is a %s if it is an item %s', async (kind, _, standing) => {
  expect(await judge(standing)).toBe(kind);
});

it('compares folders by size and number of children', async () => {
  const folder: DriveItem = { id: 's', name: 'a', size: 9, folder: { childCount: 2 } };
  const made = { createdDateTime: at(-5000), size: 9 };
  expect(await judge({ ...made, folder: { childCount: 2 } }, folder)).toBe('copy');
  expect(await judge({ ...made, folder: { childCount: 1 } }, folder)).toBe('partial');
});

it('measures by the time of the service, not of this machine', async () => {
  const later = { date: new Date(now + 3_600_000).toUTCString() };
  expect(await judge({ createdDateTime: at(-5000), ...same }, source, later)).toBe('other');
  expect(await judge({ createdDateTime: at(3_595_000), ...same }, source, later)).toBe('copy');
});
