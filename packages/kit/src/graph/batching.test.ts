/** Which calls are sent together, which alone, and that each gets its own response. */
import { expect, it } from 'vitest';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../test/embedded/embedded-drive.ts';
import { OneDriveError } from '../errors/index.ts';
import { textBody } from '../http/bodies.ts';
import type { HttpRequest, TransportDecorator } from '../http/transport.ts';
import { batching } from './batching.ts';
import { getItem, itemAt, myDrive, rootItem, updateItem } from './index.ts';

const names = Array.from({ length: 45 }, (_, at) => `${at}.txt`);

async function started(between?: TransportDecorator, faults: EmbeddedDriveOptions['faults'] = { rules: [] }) {
  const seed = Object.fromEntries(names.map((name) => [name, name]));
  const one = await embeddedDrive({ seed, faults, ...(between === undefined ? {} : { between }) });
  one.asked.length = 0;
  return { ...one, together: batching(one.client) };
}

/** A status that the service returns for one request in `every` batches. */
const refusing =
  (matches: (request: HttpRequest) => boolean, status: number): TransportDecorator =>
  (inner) =>
  async (request) =>
    matches(request)
      ? { status, headers: {}, body: textBody('{"error":{"code":"x","message":"Not so."}}').open() }
      : inner(request);

const isBatch = ({ url }: HttpRequest) => url.endsWith('/$batch');

it('sends concurrent calls together, twenty per request, each with its own response', async () => {
  const { together, asked } = await started();
  const items = await Promise.all(
    names.map((name) => together.join(() => getItem(together.client, myDrive, itemAt(name)))),
  );
  expect(items.map(({ name }) => name)).toEqual(names);
  expect(asked).toEqual(Array(3).fill('POST /v1.0/$batch'));
});

it('also sends the second calls together, and a failure affects its own call only', async () => {
  const { together, asked } = await started();
  const outcomes = await Promise.allSettled(
    ['0.txt', 'none.txt', '1.txt'].map((name) =>
      together.join(async () => {
        const { id } = await getItem(together.client, myDrive, itemAt(name));
        const at = { anchor: { kind: 'id', id }, path: [] } as const;
        return updateItem(together.client, myDrive, at, { description: name }, { conflict: 'fail' });
      }),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { code: 'not-found', status: 404 } });
  expect(asked).toHaveLength(2);
});

it('sends equal requests once', async () => {
  const sizes: number[] = [];
  const counting: TransportDecorator = (inner) => async (request) => {
    if (isBatch(request)) sizes.push(request.body?.length ?? 0);
    return inner(request);
  };
  const { together } = await started(counting);
  await Promise.all(names.map(() => together.join(() => getItem(together.client, myDrive, rootItem))));
  expect(sizes.map((size) => size < 200)).toEqual([true, true, true]);
});

it('does not wait for work that is away', async () => {
  const { together, asked } = await started();
  let back = () => {};
  const late = together.join(() => together.away(() => new Promise<void>((resolve) => (back = resolve))));
  await Promise.all(
    ['0.txt', '1.txt'].map((name) => together.join(() => getItem(together.client, myDrive, itemAt(name)))),
  );
  expect(asked).toEqual(['POST /v1.0/$batch']);
  back();
  await late;
});

it('sends a single call alone, and content too', async () => {
  const { together, asked } = await started();
  await together.join(() => getItem(together.client, myDrive, rootItem));
  expect(asked).toEqual(['GET /v1.0/me/drive/root']);
});

it('sends each call alone if the service refuses batches', async () => {
  const { together, asked } = await started(refusing(isBatch, 501));
  const items = await Promise.all(
    ['0.txt', '1.txt'].map((name) => together.join(() => getItem(together.client, myDrive, itemAt(name)))),
  );
  expect(items.map(({ name }) => name)).toEqual(['0.txt', '1.txt']);
  expect(asked).toHaveLength(2);
});

it('if the response to a batch is lost, all its calls fail with the reason', async () => {
  const lost: TransportDecorator = (inner) => async (request) => {
    if (isBatch(request)) throw new OneDriveError('network', 'The line went dead.');
    return inner(request);
  };
  const { together, asked } = await started(lost);
  const outcomes = await Promise.allSettled(
    ['0.txt', '1.txt'].map((name) => together.join(() => getItem(together.client, myDrive, itemAt(name)))),
  );
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'network' } });
  expect(asked).toEqual([]);
});

it('sends a call that was throttled within a batch again alone', async () => {
  const { together, asked } = await started(undefined, {
    rules: [{ match: { item: '1.txt' }, times: 1, fault: { kind: 'status', status: 429 } }],
  });
  const items = await Promise.all(
    ['0.txt', '1.txt'].map((name) => together.join(() => getItem(together.client, myDrive, itemAt(name)))),
  );
  expect(items.map(({ name }) => name)).toEqual(['0.txt', '1.txt']);
  expect(asked).toEqual(['POST /v1.0/$batch', 'GET /v1.0/me/drive/root:/1.txt']);
});
