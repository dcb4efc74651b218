import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createOneDrive } from '../../server/src/index.ts';
import { connectOver } from './connect.ts';
import { defaultUserAgent } from './http/default-user-agent.ts';
import { handlerTransport } from './http/handler-transport.ts';

async function connected(seed: Record<string, string> = {}) {
  const server = await createOneDrive({ seed });
  const connection = (credential: Parameters<typeof connectOver>[0]['credential']) =>
    connectOver({ credential, transport: handlerTransport(server.handler) });
  return { server, connection };
}

describe('a connection', () => {
  it('accepts a token, a function that returns one, and a credential', async () => {
    const { server, connection } = await connected({ 'a.txt': 'hello' });
    const token = server.token();
    for (const credential of [
      token,
      () => token,
      async () => token,
      { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    ])
      expect((await connection(credential).drive.stat('a.txt')).name).toBe('a.txt');
  });

  it.each([undefined, null, 5, {}])('refuses the credential %j', async (credential) => {
    const { connection } = await connected();
    expect(() => connection(credential as never)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('sends any request, typed by the caller, to any version', async () => {
    const { server, connection } = await connected({ 'a.txt': 'hello', 'b.txt': 'x' });
    const { request, requestPages } = connection(server.token());
    const item = await request<{ size: number }>('GET', '/me/drive/root:/a.txt', { version: 'beta' });
    expect(item.size).toBe(5);
    const names: string[] = [];
    const query = { $top: 1 };
    for await (const child of requestPages<{ name: string }>('/me/drive/root/children', { query }))
      names.push(child.name);
    expect(names).toEqual(['a.txt', 'b.txt']);
    expect(await request('DELETE', '/me/drive/root:/b.txt')).toBeUndefined();
    await expect(request('GET', '/me/drive/root:/b.txt')).rejects.toMatchObject({
      code: 'not-found',
      status: 404,
      requestId: expect.stringMatching(/./) as string,
    });
    await expect(request('GET', 'https://example.com/')).rejects.toMatchObject({ code: 'usage' });
    await expect(request('GET', '//example.com/')).rejects.toMatchObject({ code: 'usage' });
  });

  it('reports status and request id of the response with every error about it', async () => {
    const { server, connection } = await connected({ 'a.txt': 'hello' });
    const { drive } = connection(server.token());
    const answered = { status: 404, requestId: expect.stringMatching(/./) as string };
    await expect(drive.stat('nope/b.txt')).rejects.toMatchObject({ code: 'not-found', ...answered });
    await expect(drive.stat('a.txt/b.txt')).rejects.toMatchObject({ code: 'not-found' });
    expect(await drive.exists('nope/b.txt')).toBe(false);
    expect(await drive.exists('a.txt')).toBe(true);
    await expect(connection('wrong').drive.exists('a.txt')).rejects.toMatchObject({ code: 'auth-required' });
  });
});

it('the default User-Agent has the version of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(defaultUserAgent).toBe(`NONISV|onedrive-kit|onedrive-kit/${version}`);
});
