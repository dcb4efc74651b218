/** What a call makes of a repeated request, over scripted answers and the real `retry`. */
import { describe, expect, it } from 'vitest';
import { isOneDriveError } from '../../packages/kit/src/errors/index.ts';
import type { GraphClient } from '../../packages/kit/src/graph/client.ts';
import * as graph from '../../packages/kit/src/graph/index.ts';
import { itemAt, itemById, myDrive } from '../../packages/kit/src/graph/index.ts';
import { retry } from '../../packages/kit/src/http/governor/retry.ts';
import { networkFailure } from '../../packages/kit/src/http/network-error.ts';
import { manualClock, seededRandom } from '../../packages/kit/src/platform/index.ts';
import { type ScriptedStep, scripted } from './scripted-transport.ts';

const base = 'https://graph.example/v1.0';
const lost = () => networkFailure(`${base}/x`, 'ETRUNCATED', 'broken');
const taken = { status: 409, json: { error: { code: 'nameAlreadyExists' } } };
const gone = { status: 404, json: { error: { code: 'itemNotFound' } } };
const gateway = { status: 504, text: '<html>' };
const busy = { status: 503, headers: { 'retry-after': '1' } };

/** Runs a call over answers; what it gave, or the code of its error, and the number of requests. */
async function outcome<T>(steps: readonly ScriptedStep[], call: (client: GraphClient) => Promise<T>) {
  const clock = manualClock(0);
  const { transport, seen } = scripted(steps);
  const repeated = retry({ clock, random: seededRandom(1) })(transport);
  const client = { transport: repeated, plain: repeated, baseUrl: base };
  const result = await clock.runUntil(
    call(client).catch((error: unknown) => {
      if (isOneDriveError(error)) return error.code;
      throw error;
    }),
  );
  return { result, requests: seen.length };
}

const mkdir = (conflict: 'fail' | 'rename') => (client: GraphClient) =>
  graph.createFolder(client, myDrive, itemAt(), 'n', { conflict });

describe('creating a folder', () => {
  const made = { status: 201, json: { id: '1', name: 'n', folder: {} } };
  const folder = { json: { id: '1', name: 'n', folder: {} } };

  it.each([
    ['a lost answer', lost()],
    ['504', gateway],
    ['503 without Retry-After', { status: 503 }],
    ['503 with Retry-After', busy],
    ['520 of a gateway', { status: 520 }],
  ])('is repeated after %s, and a folder that is there then counts as created', async (_, first) => {
    expect(await outcome([first, made], mkdir('fail'))).toMatchObject({ result: { id: '1' }, requests: 2 });
    expect(await outcome([first, taken, folder], mkdir('fail'))).toMatchObject({ result: { id: '1' } });
  });

  it('is a conflict where the first attempt meets a folder, and after one that was throttled', async () => {
    expect(await outcome([taken], mkdir('fail'))).toEqual({ result: 'conflict', requests: 1 });
    const throttled = { status: 429, headers: { 'retry-after': '1' } };
    expect(await outcome([throttled, taken], mkdir('fail'))).toEqual({ result: 'conflict', requests: 2 });
  });

  it('is a conflict where a file has the name', async () => {
    const file = { json: { id: '1', name: 'n', file: {} } };
    expect(await outcome([gateway, taken, file], mkdir('fail'))).toMatchObject({ result: 'conflict' });
  });

  it('is not repeated where it would create a second one', async () => {
    expect(await outcome([gateway], mkdir('rename'))).toEqual({ result: 'service', requests: 1 });
  });

  it('is repeated where the answer breaks off while it is read', async () => {
    const half = Object.assign(scriptedHalf(), {});
    let first = true;
    const clock = manualClock(0);
    const { transport, seen } = scripted([taken, folder]);
    const client: GraphClient = {
      baseUrl: base,
      plain: transport,
      transport: async (request) => {
        if (!first) return await transport(request);
        first = false;
        return half;
      },
    };
    expect(await clock.runUntil(mkdir('fail')(client))).toMatchObject({ id: '1' });
    expect(seen).toHaveLength(2);
  });
});

/** An answer whose body ends before its Content-Length. */
function scriptedHalf() {
  async function* body() {
    yield new TextEncoder().encode('{"id"');
    throw networkFailure(`${base}/x`, 'ETRUNCATED', 'broken');
  }
  return { status: 201, headers: {}, body: body() };
}

describe('a deletion', () => {
  it.each<[string, (client: GraphClient) => Promise<void>]>([
    ['of an item', (client) => graph.deleteItem(client, myDrive, itemById('1'))],
    ['past the recycle bin', (client) => graph.permanentDelete(client, myDrive, itemById('1'))],
    ['of a permission', (client) => graph.deletePermission(client, myDrive, itemById('1'), 'p')],
    ['of a version', (client) => graph.deleteVersion(client, myDrive, itemById('1'), '1.0')],
  ])('%s is done where only the repeated attempt finds nothing', async (_, remove) => {
    expect(await outcome([gateway, gone], remove)).toEqual({ result: undefined, requests: 2 });
    expect(await outcome([lost(), gone], remove)).toEqual({ result: undefined, requests: 2 });
    expect(await outcome([gone], remove)).toEqual({ result: 'not-found', requests: 1 });
  });

  it('in a batch whose answer was lost is done where the repeated batch finds nothing', async () => {
    const responses = [{ id: '0', status: 404, body: { error: { code: 'itemNotFound' } } }];
    const remove = (client: GraphClient) => graph.deleteItems(client, myDrive, [itemById('1')]);
    expect((await outcome([lost(), { json: { responses } }], remove)).result).toEqual([undefined]);
    const [error] = (await outcome([{ json: { responses } }], remove)).result as unknown[];
    expect(error).toMatchObject({ code: 'not-found' });
  });

  it('in a batch that one member fails with 504 is sent again alone, and done where nothing is left', async () => {
    const remove = (client: GraphClient) => graph.deleteItems(client, myDrive, [itemById('1')]);
    const responses = [{ id: '0', status: 504 }];
    expect((await outcome([{ json: { responses } }, gone], remove)).result).toEqual([undefined]);
  });
});

describe('a change', () => {
  const move = (client: GraphClient) =>
    graph.updateItem(
      client,
      myDrive,
      itemById('1'),
      { name: 'b', parentReference: { id: 'p' } },
      { conflict: 'fail', ifMatch: 'e1' },
    );
  const stale = { status: 412, json: { error: { code: 'resourceModified' } } };

  it.each([
    ['a conflict', taken],
    ['a mismatch of its eTag', stale],
  ])('is done where a repeated attempt ends with %s and the item has it', async (_, second) => {
    const moved = { json: { id: '1', name: 'b', parentReference: { id: 'p' } } };
    expect((await outcome([lost(), second, moved], move)).result).toMatchObject({ name: 'b' });
    const other = { json: { id: '1', name: 'a', parentReference: { id: 'p' } } };
    expect((await outcome([lost(), second, other], move)).result).toMatch(/conflict|precondition/);
    expect(await outcome([second], move)).toMatchObject({ requests: 1 });
  });

  it('of a name by path is done where the item has the new path', async () => {
    const rename = (client: GraphClient) =>
      graph.updateItem(client, myDrive, itemAt('d', 'a'), { name: 'b' }, { conflict: 'fail' });
    const renamed = { json: { id: '1', name: 'b' } };
    expect((await outcome([lost(), gone, renamed], rename)).result).toMatchObject({ name: 'b' });
    expect((await outcome([lost(), gone, gone], rename)).result).toBe('not-found');
  });
});

describe('sharing', () => {
  const request = {
    recipients: [{ email: 'Ann@contoso.com' }],
    roles: ['read'],
    requireSignIn: true,
    sendInvitation: true,
  };
  const invite = (client: GraphClient) => graph.invite(client, myDrive, itemById('1'), request);
  const grant = { id: 'p1', roles: ['read'], invitation: { email: 'ann@contoso.com' } };

  it('by a link is repeated: the service gives the same one', async () => {
    const link = { status: 200, json: { id: 'l', link: { webUrl: 'https://1drv.ms/x' } } };
    const create = (client: GraphClient) =>
      graph.createLink(client, myDrive, itemById('1'), { type: 'view' });
    expect(await outcome([gateway, link], create)).toMatchObject({ result: { id: 'l' }, requests: 2 });
  });

  it('by an invitation is complete if the permissions exist after a lost response, and no recipient gets a second e-mail', async () => {
    const granted = await outcome([lost(), { json: { value: [grant] } }], invite);
    expect(granted).toEqual({ result: [grant], requests: 2 });
  });

  it('by an invitation is sent again where the permissions do not have it', async () => {
    const inviter = { id: 'p0', roles: ['read'], invitation: { email: 'bob@contoso.com' } };
    const steps = [lost(), { json: { value: [inviter] } }, { json: { value: [grant] } }];
    expect(await outcome(steps, invite)).toEqual({ result: [grant], requests: 3 });
  });

  it('by an invitation that is refused is refused at once', async () => {
    expect(await outcome([{ status: 403 }], invite)).toEqual({ result: 'access-denied', requests: 1 });
  });
});

it('an item that is back when a repeated restoring is refused was restored', async () => {
  const restore = (client: GraphClient) => graph.restoreItem(client, myDrive, itemById('1'));
  const back = { json: { id: '1', name: 'a' } };
  expect((await outcome([lost(), gone, back], restore)).result).toMatchObject({ id: '1' });
  expect((await outcome([gone], restore)).result).toBe('not-found');
});

it('a copy is repeated, but not where it would leave two', async () => {
  const copy = (conflict: 'fail' | 'rename') => (client: GraphClient) =>
    graph.copyItem(client, myDrive, itemById('1'), { parentReference: { id: 'p' } }, { conflict });
  const accepted = { status: 202, headers: { location: 'https://mon.example/1' } };
  expect(await outcome([gateway, accepted], copy('fail'))).toMatchObject({ requests: 2 });
  expect(await outcome([gateway], copy('rename'))).toEqual({ result: 'service', requests: 1 });
});
