import { beforeEach, describe, expect, it } from 'vitest';
import { OneDriveError } from '../errors/index.ts';
import { manualClock } from '../platform/memory/manual-clock.ts';
import { memoryLock } from '../platform/memory/memory-lock.ts';
import { refreshingCredential } from './refreshing-credential.ts';
import type { SessionStore, SignInSession } from './session-store.ts';
import type { TokenGrant } from './token-grant.ts';

const minute = 60_000;
let clock = manualClock();
let lock = memoryLock();
let saved: SignInSession = {};
let log: string[] = [];
let answers: (TokenGrant | Error)[] = [];

beforeEach(() => {
  clock = manualClock();
  lock = memoryLock();
  saved = { refreshToken: 'r0' };
  log = [];
  answers = [];
});

const grant = (number: number, expiresIn = 3600): TokenGrant => ({
  accessToken: `a${number}`,
  refreshToken: `r${number}`,
  expiresIn,
  scopes: undefined,
  account: undefined,
});

const sessions: SessionStore = {
  read: async () => saved,
  save: async (session) => {
    log.push(`save ${session.refreshToken ?? 'none'}`);
    saved = session;
  },
};

/** A credential of another process: own memory, the same store and lock. */
const process = (store: SessionStore = sessions) =>
  refreshingCredential({
    sessions: store,
    lock,
    lockName: 'x',
    clock,
    renew: async (session, signal) => {
      log.push(`renew ${session.refreshToken ?? 'none'}`);
      await clock.sleep(1000, { signal });
      const answer = answers.shift() ?? new Error('no further renewal was expected');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });

const token = async (credential: ReturnType<typeof process>, rejectedToken?: string) =>
  (await clock.runUntil(credential.getToken('', { rejectedToken })))?.token;

describe('a token', () => {
  it('is returned without a request while it is valid', async () => {
    saved = { accessToken: 'a0', refreshToken: 'r0', expiresAt: clock.now() + 6 * minute };
    expect(await token(process())).toBe('a0');
    expect(log).toEqual([]);
  });

  it('is renewed five minutes before it expires', async () => {
    saved = { accessToken: 'a0', refreshToken: 'r0', expiresAt: clock.now() + 6 * minute };
    answers = [grant(1)];
    const credential = process();
    expect(await token(credential)).toBe('a0');
    await clock.advance(minute);
    expect(await token(credential)).toBe('a1');
    expect(log).toEqual(['renew r0', 'save r1']);
  });

  it('that is valid for a minute only is used for half of that time', async () => {
    answers = [grant(1, 60), grant(2, 60)];
    const credential = process();
    expect(await token(credential)).toBe('a1');
    await clock.advance(29_000);
    expect(await token(credential)).toBe('a1');
    await clock.advance(1000);
    expect(await token(credential)).toBe('a2');
  });

  it('has an expiry time by the clock of this machine', async () => {
    answers = [grant(1, 100)];
    const before = clock.now();
    const got = await clock.runUntil(process().getToken(''));
    expect(got?.expiresOnTimestamp).toBe(before + 1000 + 100_000);
  });
});

describe('a renewal', () => {
  it('is saved before its token is returned, and the new refresh token is used next', async () => {
    answers = [grant(1), grant(2)];
    const credential = process();
    await token(credential);
    await token(credential, 'a1');
    expect(log).toEqual(['renew r0', 'save r1', 'renew r1', 'save r2']);
  });

  it('keeps the old refresh token if there is no new one', async () => {
    answers = [{ ...grant(1), refreshToken: undefined }];
    await token(process());
    expect(saved).toMatchObject({ accessToken: 'a1', refreshToken: 'r0' });
  });

  it('that cannot be saved returns no token', async () => {
    answers = [grant(1)];
    const full = new OneDriveError('local-file', 'disk full');
    const broken = { ...sessions, save: async () => Promise.reject(full) };
    await expect(token(process(broken))).rejects.toBe(full);
  });

  it('happens once for many concurrent requests', async () => {
    answers = [grant(1)];
    const credential = process();
    const all = await clock.runUntil(Promise.all(Array.from({ length: 20 }, () => credential.getToken(''))));
    expect(new Set(all.map((one) => one?.token))).toEqual(new Set(['a1']));
    expect(log).toEqual(['renew r0', 'save r1']);
  });

  it('happens once for several processes at the same time', async () => {
    answers = [grant(1)];
    const all = await clock.runUntil(
      Promise.all([process(), process(), process()].map((one) => one.getToken(''))),
    );
    expect(all.map((one) => one?.token)).toEqual(['a1', 'a1', 'a1']);
    expect(log).toEqual(['renew r0', 'save r1']);
  });

  it('happens once for several processes even if tokens live shorter than the margin', async () => {
    answers = [grant(1, 60)];
    const all = await clock.runUntil(Promise.all([process(), process()].map((one) => one.getToken(''))));
    expect(all.map((one) => one?.token)).toEqual(['a1', 'a1']);
  });

  it('of another process is used when a token was refused', async () => {
    saved = { accessToken: 'a0', refreshToken: 'r0', expiresAt: clock.now() + 60 * minute };
    const credential = process();
    expect(await token(credential)).toBe('a0');
    saved = { accessToken: 'a7', refreshToken: 'r7', expiresAt: clock.now() + 60 * minute };
    expect(await token(credential, 'a0')).toBe('a7');
    expect(log).toEqual([]);
  });

  it('that failed is tried again by the next request', async () => {
    const outage = new OneDriveError('service', 'down');
    answers = [outage, grant(1)];
    const credential = process();
    await expect(token(credential)).rejects.toBe(outage);
    expect(await token(credential)).toBe('a1');
  });
});

describe('a refused token', () => {
  it('forces one renewal, even if it has not expired by this clock', async () => {
    saved = { accessToken: 'a0', refreshToken: 'r0', expiresAt: clock.now() + 600 * minute };
    answers = [grant(1)];
    const credential = process();
    expect(await token(credential, 'a0')).toBe('a1');
    expect(await token(credential, 'a0')).toBe('a1');
    expect(log).toEqual(['renew r0', 'save r1']);
  });

  it('that the service issues again and again ends in an error, not in a loop', async () => {
    answers = [grant(1), grant(1), grant(1)];
    await expect(token(process(), 'a1')).rejects.toMatchObject({ code: 'auth-required' });
    expect(log.filter((line) => line.startsWith('renew'))).toHaveLength(2);
  });
});

describe('a wrong clock', () => {
  it('that is an hour ahead renews early and works', async () => {
    saved = { accessToken: 'a0', refreshToken: 'r0', expiresAt: clock.now() - 60 * minute };
    answers = [grant(1)];
    const credential = process();
    expect(await token(credential)).toBe('a1');
    expect(await token(credential)).toBe('a1');
  });
});

describe('an aborted wait', () => {
  it('ends at once, and the others still get the token', async () => {
    answers = [grant(1)];
    const credential = process();
    const controller = new AbortController();
    const first = credential.getToken('', { abortSignal: controller.signal });
    const second = credential.getToken('');
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect((await clock.runUntil(second))?.token).toBe('a1');
  });

  it('of the last caller aborts the renewal, and the lock is free for the next', async () => {
    answers = [grant(1)];
    const credential = process();
    const controller = new AbortController();
    const first = credential.getToken('', { abortSignal: controller.signal });
    await clock.advance(10);
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(await token(credential)).toBe('a1');
    expect(log).toEqual(['renew r0', 'renew r0', 'save r1']);
  });
});

describe('a forced refresh', () => {
  it('renews a token that is still valid', async () => {
    saved = { accessToken: 'a0', refreshToken: 'r0', expiresAt: clock.now() + 60 * minute };
    answers = [grant(1)];
    expect(await clock.runUntil(process().refresh())).toMatchObject({ token: 'a1' });
  });
});
