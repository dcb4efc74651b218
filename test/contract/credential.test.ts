/** The contract of TokenCredential, for every source of tokens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  memorySessionStore,
  profileCredential,
  refreshingCredential,
  staticCredential,
} from '../../packages/kit/src/auth/index.ts';
import { configFile, profileSessions } from '../../packages/kit/src/config/index.ts';
import type { TokenCredential } from '../../packages/kit/src/http/token-credential.ts';
import { manualClock } from '../../packages/kit/src/platform/memory/manual-clock.ts';
import { memoryLock } from '../../packages/kit/src/platform/memory/memory-lock.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { scripted } from '../scripted/scripted-transport.ts';

interface Subject {
  readonly credential: TokenCredential;
  /** Milliseconds since the epoch. */
  readonly now: number;
  close(): Promise<void>;
}

/** Each can return at least two different tokens, except the static one. */
const subjects: Readonly<Record<string, () => Promise<Subject>>> = {
  static: async () => ({ credential: staticCredential('only'), now: 0, close: async () => {} }),
  refreshing: async () => {
    const clock = manualClock();
    let number = 0;
    const credential = refreshingCredential({
      sessions: memorySessionStore({ refreshToken: 'r' }),
      lock: memoryLock(),
      lockName: 'x',
      clock,
      renew: async () => ({
        accessToken: `a${++number}`,
        refreshToken: 'r',
        expiresIn: 3600,
        scopes: undefined,
        account: undefined,
      }),
    });
    return { credential, now: clock.now(), close: async () => {} };
  },
  'a profile in a file': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'credential-'));
    const lock = memoryLock();
    const clock = manualClock();
    const file = configFile({ path: join(folder, 'c.yaml'), fs: nodeFileSystem, lock });
    await file.change([{ path: ['client', 'id'], value: '0012' }]);
    const sessions = profileSessions(file, 'default');
    await sessions.save({ refreshToken: 'r0' });
    let number = 0;
    const { transport } = scripted(
      [
        () => ({
          json: {
            token_type: 'Bearer',
            expires_in: 3600,
            access_token: `a${++number}`,
            refresh_token: `r${number}`,
          },
        }),
      ],
      { forever: true },
    );
    const [profile] = (await file.load()).profiles;
    const credential = profileCredential(profile!, { sessions, transport, clock, lock, lockName: 'x' });
    return { credential, now: clock.now(), close: () => rm(folder, { recursive: true }) };
  },
};

describe.each(Object.entries(subjects))('the credential: %s', (_name, make) => {
  const using = async (test: (subject: Subject) => Promise<void>): Promise<void> => {
    const subject = await make();
    try {
      await test(subject);
    } finally {
      await subject.close();
    }
  };

  it('returns a token that has not expired, for one scope or several', () =>
    using(async ({ credential, now }) => {
      const token = await credential.getToken('https://graph.microsoft.com/.default');
      expect(token?.token).toBeTruthy();
      expect(token?.expiresOnTimestamp).toBeGreaterThan(now);
      expect(await credential.getToken(['Files.Read', 'User.Read'])).toEqual(token);
    }));

  it('returns the same token to concurrent callers', () =>
    using(async ({ credential }) => {
      const all = await Promise.all(Array.from({ length: 10 }, () => credential.getToken('')));
      expect(new Set(all.map((one) => one?.token)).size).toBe(1);
    }));

  it('never returns a token again that the service refused, but another one, or an error that asks to sign in', () =>
    using(async ({ credential }) => {
      const first = await credential.getToken('');
      const second = await credential
        .getToken('', { rejectedToken: first!.token })
        .catch((error: unknown) => error);
      if (second instanceof Error) expect(second).toMatchObject({ code: 'auth-required' });
      else expect((second as { token: string }).token).not.toBe(first!.token);
    }));

  it('does not replace a token because another one was refused', () =>
    using(async ({ credential }) => {
      const first = await credential.getToken('');
      expect(await credential.getToken('', { rejectedToken: 'some other token' })).toEqual(first);
    }));

  it('throws the abort reason of the caller', () =>
    using(async ({ credential }) => {
      const abortSignal = AbortSignal.abort(new Error('enough'));
      await expect(credential.getToken('', { abortSignal })).rejects.toThrow('enough');
      expect((await credential.getToken(''))?.token).toBeTruthy();
    }));
});
