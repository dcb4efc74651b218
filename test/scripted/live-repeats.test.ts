/** What a call of v5.0 makes of a repeated request, and which answers it takes for success. */
import { describe, expect, it } from 'vitest';
import { isOneDriveError } from '../../packages/kit/src/errors/index.ts';
import { retry } from '../../packages/kit/src/http/governor/retry.ts';
import { networkFailure } from '../../packages/kit/src/http/network-error.ts';
import * as live from '../../packages/kit/src/live/index.ts';
import { manualClock, seededRandom } from '../../packages/kit/src/platform/index.ts';
import { type ScriptedStep, scripted } from './scripted-transport.ts';

const base = 'https://apis.example/v5.0';
const lost = () => networkFailure(`${base}/x`, 'ETRUNCATED', 'broken');
const taken = { status: 409, json: { error: { code: 'resource_already_exists' } } };
const gone = { status: 404, json: { error: { code: 'resource_not_found' } } };

async function outcome<T>(steps: readonly ScriptedStep[], call: (client: live.LiveClient) => Promise<T>) {
  const clock = manualClock(0);
  const { transport, seen } = scripted(steps);
  const repeated = retry({ clock, random: seededRandom(1) })(transport);
  const client = {
    transport: repeated,
    plain: repeated,
    baseUrl: base,
    storageUrl: 'https://{user}.example',
  };
  const result = await clock.runUntil(
    call(client).catch((error: unknown) => {
      if (isOneDriveError(error)) return error.code;
      throw error;
    }),
  );
  return { result, requests: seen.length };
}

describe('after a lost answer', () => {
  const create = (client: live.LiveClient) => live.createFolder(client, 'folder.1', { name: 'N' });
  const remove = (client: live.LiveClient) => live.deleteObject(client, 'file.1');
  const move = (client: live.LiveClient) => live.moveObject(client, 'file.1', 'folder.2');

  it('a folder that is there counts as created, a file does not', async () => {
    const list = (type: string) => ({ json: { data: [{ id: 'folder.3', name: 'n', type }] } });
    expect((await outcome([lost(), taken, list('folder')], create)).result).toMatchObject({ id: 'folder.3' });
    expect((await outcome([lost(), taken, list('file')], create)).result).toBe('conflict');
    expect(await outcome([taken], create)).toEqual({ result: 'conflict', requests: 1 });
  });

  it('an object that is gone was deleted', async () => {
    expect(await outcome([lost(), gone], remove)).toEqual({ result: undefined, requests: 2 });
    expect(await outcome([gone], remove)).toEqual({ result: 'not-found', requests: 1 });
  });

  it('a file that is in the folder was moved', async () => {
    const there = { json: { id: 'file.1', parent_id: 'folder.2' } };
    expect((await outcome([lost(), taken, there], move)).result).toMatchObject({ id: 'file.1' });
    const elsewhere = { json: { id: 'file.1', parent_id: 'folder.9' } };
    expect((await outcome([lost(), taken, elsewhere], move)).result).toBe('conflict');
  });

  it('a copy is not made again', async () => {
    const copy = (client: live.LiveClient) => live.copyObject(client, 'file.1', 'folder.2');
    expect(await outcome([lost()], copy)).toEqual({ result: 'network', requests: 1 });
  });
});

const portal = { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Sign in' };

it.each<[string, (client: live.LiveClient) => Promise<unknown>]>([
  ['delete', (client) => live.deleteObject(client, 'file.1')],
  ['read', (client) => live.getObject(client, 'file.1')],
  ['create', (client) => live.createFolder(client, 'folder.1', { name: 'n' })],
  ['change', (client) => live.updateObject(client, 'file.1', { name: 'n' })],
  ['link', (client) => live.getLink(client, 'file.1')],
  ['delete a comment', (client) => live.deleteComment(client, 'comment.1')],
  ['upload', (client) => live.createBitsSession(client, `${base}/items/x`)],
])('a captive portal with status 200 is never taken for success: %s', async (_, call) => {
  expect((await outcome([portal], call)).result).toBe('protocol');
});

it('bytes are read from an encrypted address only', async () => {
  const read = (url: string) => (client: live.LiveClient) => live.readSource(client, url, { what: 'read' });
  expect(await outcome([], read('http://files.example/1'))).toEqual({ result: 'protocol', requests: 0 });
  expect(await outcome([], read('file:///etc/passwd'))).toEqual({ result: 'protocol', requests: 0 });
});
