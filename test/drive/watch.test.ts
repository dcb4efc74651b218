/** Watching a drive: each change once, deletions included, resuming from a token, restarting if the token is too old. */
import { expect, it } from 'vitest';
import { watchChanges } from '../../packages/kit/src/drive/index.ts';
import { bytesBody } from '../../packages/kit/src/http/bodies.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

async function started(options: Parameters<typeof embeddedDrive>[0] = {}, token?: string) {
  const one = await embeddedDrive({ seed: { 'old.txt': 'x' }, ...options });
  const events = watchChanges(one.drive.context, '', { token, interval: 1000 });
  /** What happens until the next round is over. */
  const round = async () => {
    const seen: string[] = [];
    for (;;) {
      const { value } = await events.next();
      if (value.kind === 'round') return { seen, token: value.token };
      seen.push(value.kind === 'resync' ? 'resync' : `${value.kind} ${value.item.name ?? ''}`.trim());
    }
  };
  return { ...one, round };
}

const bytes = new TextEncoder().encode('y');

it('what was there before is not told, what happens is, once', async () => {
  const { drive, round } = await started();
  expect((await round()).seen).toEqual([]);
  await drive.upload(bytes, '', { name: 'new.txt' });
  expect((await round()).seen).toContain('changed new.txt');
  expect((await round()).seen).toEqual([]);
  await drive.remove('old.txt');
  expect((await round()).seen.some((one) => one.startsWith('deleted'))).toBe(true);
});

it('a token goes on where another watch stopped', async () => {
  const first = await started();
  const { token } = await first.round();
  await first.drive.upload(bytes, '', { name: 'between.txt' });
  const events = watchChanges(first.drive.context, '', { token });
  expect((await events.next()).value).toMatchObject({ kind: 'changed' });
});

it('an expired token restarts the watch with an event', async () => {
  const { round } = await started(
    {
      between: (inner) => (request) =>
        request.url.includes('token=old')
          ? Promise.resolve({
              status: 410,
              headers: {},
              body: bytesBody(new TextEncoder().encode('{"error":{"code":"resyncRequired"}}')).open(),
            } as never)
          : inner(request),
    },
    'https://graph.microsoft.com/v1.0/me/drive/root/delta?token=old',
  );
  expect((await round()).seen).toEqual(['resync']);
});

it('an aborted signal ends it with its reason', async () => {
  const { drive } = await embeddedDrive();
  const stop = new AbortController();
  const events = watchChanges(drive.context, '', { signal: stop.signal });
  await events.next();
  stop.abort(new Error('enough'));
  await expect(events.next()).rejects.toThrow('enough');
});
