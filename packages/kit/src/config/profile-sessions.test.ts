import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedStep, scripted } from '../../../../test/scripted/scripted-transport.ts';
import { profileCredential } from '../auth/profile-credential.ts';
import type { FileSystem } from '../platform/file-system.ts';
import { manualClock } from '../platform/memory/manual-clock.ts';
import { memoryLock } from '../platform/memory/memory-lock.ts';
import { nodeFileSystem } from '../platform/node/node-file-system.ts';
import { configFile } from './config-file.ts';
import { profileSessions } from './profile-sessions.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessions-'));
  path = join(folder, '.lcrc');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const answer = { token_type: 'Bearer', expires_in: 3600, access_token: 'A1', refresh_token: 'R1' };

async function credentialOver(text: string, steps: readonly ScriptedStep[], fs: FileSystem = nodeFileSystem) {
  await writeFile(path, text);
  const lock = memoryLock();
  const file = configFile({ path, fs, lock });
  const { transport, seen } = scripted(steps);
  const sessions = profileSessions(file, 'default');
  const [profile] = (await file.load()).profiles;
  const clock = manualClock(1_000_000_000_000);
  const credential = profileCredential(profile!, { sessions, transport, clock, lock, lockName: 'x' });
  const forms = () =>
    seen.map(({ body }) => Object.fromEntries(new URLSearchParams(Buffer.from(body).toString())));
  return { credential, forms, text: () => readFile(path, 'utf8') };
}

describe('a file of the older tool', () => {
  it('with only a code signs in by exchanging the code, once', async () => {
    const before = "client:\n  id: 00123\n  secret: 's'\nauth:\n  code: OLD # from the browser\n";
    const { credential, forms, text } = await credentialOver(before, [{ json: answer }]);
    expect((await credential.getToken(''))?.token).toBe('A1');
    expect(forms()).toEqual([
      {
        client_id: '00123',
        client_secret: 's',
        grant_type: 'authorization_code',
        code: 'OLD',
        redirect_uri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
      },
    ]);
    expect(await text()).toBe(
      "client:\n  id: '00123'\n  secret: 's'\nauth:\n  refresh_token: R1\n  access_expires: 1000003600\n  access_token: A1\n",
    );
  });

  it('with an empty auth section requires signing in, without a request', async () => {
    const { credential, forms } = await credentialOver('client: {id: a}\n', []);
    await expect(credential.getToken('')).rejects.toMatchObject({
      code: 'auth-required',
      message: 'You are not signed in.',
    });
    expect(forms()).toEqual([]);
  });
});

describe('a crash between the response and the save', () => {
  it('keeps the old refresh token, which still works', async () => {
    const crash = Object.assign(new Error('EIO'), { code: 'EIO' });
    let crashes = 1;
    const fs: FileSystem = {
      ...nodeFileSystem,
      rename: async (from, to) => (crashes-- > 0 ? Promise.reject(crash) : nodeFileSystem.rename(from, to)),
    };
    const before = 'client: {id: a}\nauth: {refresh_token: R0}\n';
    const { credential, forms, text } = await credentialOver(
      before,
      [{ json: answer }, { json: answer }],
      fs,
    );
    await expect(credential.getToken('')).rejects.toMatchObject({ code: 'local-file' });
    expect(await text()).toBe(before);
    expect((await credential.getToken(''))?.token).toBe('A1');
    expect(forms().map((form) => form['refresh_token'])).toEqual(['R0', 'R0']);
    expect(await text()).toContain('refresh_token: R1');
  });
});

describe('a revoked sign-in', () => {
  it('requires signing in again and leaves the file unchanged', async () => {
    const before = 'client: {id: a}\nauth: {refresh_token: R0}\n';
    const refusal = {
      status: 400,
      json: { error: 'invalid_grant', error_description: 'AADSTS50173: revoked' },
    };
    const { credential, text } = await credentialOver(before, [refusal]);
    await expect(credential.getToken('')).rejects.toMatchObject({
      code: 'auth-required',
      hint: 'Sign in again.',
    });
    expect(await text()).toBe(before);
  });
});
