import { memoryFileSystem } from 'onedrive-kit/internal/platform/memory/memory-file-system';
import { manualClock } from 'onedrive-kit/platform';
import { expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { remoteNames } from './remote-names.ts';

/** A terminal over a drive with one file; `asked` counts the lists that the drive was asked for. */
function terminal() {
  const clock = manualClock();
  const fs = memoryFileSystem();
  let asked = 0;
  async function* list() {
    asked += 1;
    yield { name: 'a.txt', file: {} };
    yield { name: 'Docs', folder: {} };
    yield { name: 'Shared', remoteItem: { folder: {} } };
  }
  const context = (flags: Partial<Context['flags']> = {}, env: Context['env'] = {}): Context =>
    ({
      clock,
      fs,
      flags,
      env,
      platform: 'linux',
      home: '/home/me',
      localPath: (typed: string) => `/home/me/${typed}`,
      call: {},
      drive: async () => ({ list }),
    }) as unknown as Context;
  return { clock, fs, context, asked: () => asked };
}

const names = ['a.txt', 'Docs/', 'Shared/'];

test('names are asked for once in half a minute, then again', async () => {
  const { clock, context, asked } = terminal();
  expect(await remoteNames('', context())).toEqual(names);
  await clock.advance(29_999);
  expect([await remoteNames('', context()), asked()]).toEqual([names, 1]);
  await clock.advance(1);
  expect([await remoteNames('', context()), asked()]).toEqual([names, 2]);
});

test('names from the future of a clock that was set back are not believed', async () => {
  const { clock, context, asked, fs } = terminal();
  await remoteNames('', context());
  const earlier = { ...context(), fs, clock: { ...clock, now: () => clock.now() - 1 } };
  await remoteNames('', earlier);
  expect(asked()).toBe(2);
});

test.each<[string, Partial<Context['flags']>, Context['env']]>([
  ['configuration', { config: 'other.yaml' }, {}],
  ['profile', { profile: 'other' }, {}],
  ['drive', { drive: 'other' }, {}],
  ['wire', { api: 'live-v5' }, {}],
  ['token', {}, { ONEDRIVE_TOKEN: 'other' }],
  ['service', {}, { ONEDRIVE_GRAPH_URL: 'https://other.example' }],
])('another %s has names of its own', async (_, flags, env) => {
  const { context, asked } = terminal();
  await remoteNames('', context());
  await remoteNames('', context(flags, env));
  expect(asked()).toBe(2);
});

test('another folder has names of its own', async () => {
  const { context, asked } = terminal();
  await remoteNames('', context());
  await remoteNames('Docs/', context());
  expect(asked()).toBe(2);
});

test('what is kept is for the user alone, and holds names and a time only', async () => {
  const { context, fs } = terminal();
  await remoteNames('', context({}, { ONEDRIVE_TOKEN: 'secret' }));
  const folder = '/home/me/.cache/onedrive-kit/completion';
  const file = (await fs.readdir(folder))[0] ?? '';
  expect(file).toMatch(/^[0-9a-f]{32}\.json$/);
  expect(Object.keys(JSON.parse(await fs.readFile(`${folder}/${file}`, 'utf8')) as object)).toEqual([
    'at',
    'names',
  ]);
  expect((await fs.stat(`${folder}/${file}`)).mode & 0o777).toBe(0o600);
});
