/** What others shared with me: by the deprecated list while it works, else by search. */
import { expect, it } from 'vitest';
import { itemsSharedWithMe } from '../../packages/kit/src/drive/index.ts';
import { textBody } from '../../packages/kit/src/http/bodies.ts';
import type { TransportDecorator } from '../../packages/kit/src/http/transport.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

/** A service that answers the list and the search as told. */
function answering(list: readonly [number, object], found: readonly object[]): TransportDecorator {
  return (inner) => (request) => {
    const path = request.url.split('?')[0] ?? '';
    const answer = (status: number, body: object) =>
      Promise.resolve({ status, headers: {}, body: textBody(JSON.stringify(body)).open() } as never);
    if (path.endsWith('/sharedWithMe')) return answer(...list);
    return path.includes('/search(') ? answer(200, { value: found }) : inner(request);
  };
}

const remote = { id: 'R', name: 'theirs', remoteItem: { id: 'X', parentReference: { driveId: 'd' } } };
const own = { id: 'O', name: 'mine' };
const gone = { error: { code: 'gone', message: 'It is no more.' } };

it('the list counts while it tells something', async () => {
  const { drive } = await embeddedDrive({ between: answering([200, { value: [remote] }], []) });
  expect(await itemsSharedWithMe(drive.context)).toMatchObject({ by: 'list', items: [{ id: 'R' }] });
});

it.each([
  ['fails', [410, gone], { code: 'resync' }],
  ['is empty', [200, { value: [] }], undefined],
] as const)('where it %s, search stands in with what is of other drives', async (_, list, cause) => {
  const { drive } = await embeddedDrive({ between: answering(list, [own, remote]) });
  const found = await itemsSharedWithMe(drive.context);
  expect(found).toMatchObject({ by: 'search', items: [{ id: 'R' }] });
  expect(found.items).toHaveLength(1);
  if (cause === undefined) expect(found.cause).toBeUndefined();
  else expect(found.cause).toMatchObject(cause);
});
