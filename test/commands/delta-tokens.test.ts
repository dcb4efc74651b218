/** `delta` and `restore` with tokens that the service refuses, and a delta that repeats items. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLine, type Lie, response } from './command-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine({ accounts: [{ drive: { files: { 'a.txt': 'a' } } }] });
});
afterAll(() => cli.close());

const link = 'https://graph.microsoft.com/v1.0/me/drive/root/delta?token=nonsense';

const failing = (status: number, code: string): Lie => {
  return ({ url }) =>
    /\/delta\b/.test(url) ? response(status, { error: { code, message: code } }) : undefined;
};

test.each(['nonsense', '', ' ', '2026', 'https://evil.example/x', link])(
  'a token "%s" that cannot be one is refused with status 2 and a hint',
  async (token) => {
    const { status, err } = await cli.run(['delta', '--token', token]);
    expect(err).toMatch(/token/);
    expect(err).toContain('latest');
    expect(status).toBe(2);
  },
);

test.each(['delta', 'delta --token latest'])(
  '%s reports an expired position with status 4 and what to do',
  async (words) => {
    const { status, err } = await cli.run(words, { lie: failing(410, 'resyncRequired') });
    expect(err).toContain('onedrive-cli delta --token latest');
    expect(status).toBe(4);
  },
);

test('an item that the delta lists again is printed once, with its last state', async () => {
  const page = (items: readonly object[], more: object) => response(200, { value: items, ...more });
  const [first, last] = ['old', 'new'].map((name) => ({ id: 'X', name, parentReference: { id: 'r' } }));
  const lie: Lie = ({ url }) => {
    if (!/\/delta\b/.test(url)) return undefined;
    const second = url.includes('page=2');
    return second
      ? page([{ id: 'Y', name: 'y' }, last ?? {}], { '@odata.deltaLink': link })
      : page([first ?? {}], { '@odata.nextLink': `${url.split('?')[0]}?page=2` });
  };
  const { out } = await cli.run('delta --json', { lie });
  const { items } = JSON.parse(out) as { items: { name: string }[] };
  expect(items.map(({ name }) => name)).toEqual(['y', 'new']);
});
