import { readFileSync } from 'node:fs';
import { manualClock } from 'onedrive-kit/platform';
import { describe, expect, it } from 'vitest';
import { createOneDrive } from '../../index.ts';
import { nodeSha1 } from '../../storage/directory/node-sha1.ts';
import { memoryStorage } from '../../storage/memory/memory-storage.ts';

async function server(options: Parameters<typeof createOneDrive>[0] = {}) {
  const onedrive = await createOneDrive({ clock: manualClock(), ...options });
  const call = (path: string, init: RequestInit = {}) =>
    onedrive.fetch(new Request(`http://127.0.0.1${path}`, init));
  const callSigned = (path: string, init: Omit<RequestInit, 'headers'> = {}) =>
    call(path, { ...init, headers: { authorization: `Bearer ${onedrive.token()}` } });
  return { onedrive, call, signed: callSigned };
}

describe('the control API', () => {
  it('returns its health and the version of the package', async () => {
    const { call } = await server();
    const { version } = JSON.parse(readFileSync('packages/server/package.json', 'utf8')) as {
      version: string;
    };
    expect(await (await call('/_control/health')).json()).toMatchObject({ status: 'ok', version });
  });

  it('injects faults, counts them and removes them', async () => {
    const { call, signed: callSigned } = await server();
    const plan = {
      rules: [
        {
          match: { path: '/v1.0/me/drive' },
          times: 1,
          fault: { kind: 'status', status: 503, retryAfter: 3 },
        },
      ],
    };
    expect((await call('/_control/faults', { method: 'PUT', body: JSON.stringify(plan) })).status).toBe(204);
    const struck = await callSigned('/v1.0/me/drive');
    expect([struck.status, struck.headers.get('retry-after')]).toEqual([503, '3']);
    expect((await callSigned('/v1.0/me/drive')).status).toBe(200);
    expect(await (await call('/_control/faults')).json()).toMatchObject({ struck: [1] });
    expect((await call('/_control/faults', { method: 'DELETE' })).status).toBe(204);
  });

  it('refuses an invalid plan and reports the place', async () => {
    const { call } = await server();
    const answer = await call('/_control/faults', {
      method: 'PUT',
      body: '{"rules":[{"fault":{"kind":"boom"}}]}',
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('rules[0].fault')]);
  });

  it('lists quirks, and switches them while it runs', async () => {
    const { call, signed } = await server({ seed: { 'a.txt': 'alpha' } });
    const hashes = async () => {
      const item = (await (await signed('/v1.0/me/drive/root:/a.txt')).json()) as {
        file: { hashes?: object };
      };
      return item.file.hashes;
    };
    const names = async () => {
      const { value } = (await (await call('/_control/quirks')).json()) as {
        value: { name: string; enabled: boolean }[];
      };
      return value.filter(({ enabled }) => enabled).map(({ name }) => name);
    };
    const put = (body: unknown) => call('/_control/quirks', { method: 'PUT', body: JSON.stringify(body) });
    expect([await names(), await hashes()]).toEqual([[], expect.anything()]);
    expect((await put({ enabled: ['no-hash', 'vault'] })).status).toBe(204);
    expect([await names(), await hashes()]).toEqual([['no-hash', 'vault'], undefined]);
    const children = await signed('/v1.0/me/drive/root/children');
    expect(await children.text()).toContain('Personal Vault');
    expect((await put({ enabled: ['made-up'] })).status).toBe(400);
    expect((await put({})).status).toBe(400);
    expect((await put({ enabled: [] })).status).toBe(204);
    expect(await (await signed('/v1.0/me/drive/root/children')).text()).not.toContain('Personal Vault');
  });

  it('advances the clock so that tokens expire', async () => {
    const { call, onedrive } = await server();
    const headers = { authorization: `Bearer ${onedrive.token()}` };
    expect((await call('/v1.0/me/drive', { headers })).status).toBe(200);
    await call('/_control/clock', { method: 'POST', body: '{"advance": 7200000}' });
    expect((await call('/v1.0/me/drive', { headers })).status).toBe(401);
  });

  it('expires a download URL by plan; the next request for the item returns another URL', async () => {
    const {
      onedrive,
      call,
      signed: callSigned,
    } = await server({
      seed: { 'a.txt': 'alpha' },
      faults: {
        rules: [{ match: { path: '/_content/*' }, nth: 1, fault: { kind: 'expire', what: 'download-url' } }],
      },
    });
    const address = async () => {
      const answer = await callSigned('/v1.0/me/drive/root:/a.txt');
      const item = (await answer.json()) as { '@microsoft.graph.downloadUrl': string };
      return new URL(item['@microsoft.graph.downloadUrl']).pathname;
    };
    const expired = await address();
    expect((await call(expired)).status).toBe(401);
    const renewed = await address();
    expect(await (await call(renewed)).text()).toBe('alpha');
    expect((await call(expired)).status).toBe(401);
    await onedrive.close();
  });

  it('expires the token of a request by plan', async () => {
    const { signed: callSigned } = await server({
      faults: { rules: [{ nth: 2, fault: { kind: 'expire', what: 'token' } }] },
    });
    const statuses = [
      await callSigned('/v1.0/me/drive'),
      await callSigned('/v1.0/me/drive'),
      await callSigned('/v1.0/me/drive'),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 401, 200]);
  });

  it('logs requests without their tokens, as lines and as an archive', async () => {
    const { call, signed: callSigned, onedrive } = await server();
    await callSigned('/v1.0/me/drive/root/children');
    const log = await (await call('/_control/requests')).text();
    expect(JSON.parse(log.trim())).toMatchObject({ method: 'GET', status: 200, units: 2 });
    const har = await (await call('/_control/requests.har')).text();
    expect(log + har).not.toContain(onedrive.token().slice(0, 40));
    expect(log + har).not.toContain('EwC');
    expect(await (await call('/_control/counters')).json()).toMatchObject({ requests: 1, units: 2 });
  });

  it('throttles a client that exceeds its budget, and returns when to retry', async () => {
    const { call, signed: callSigned } = await server();
    await call('/_control/throttle', { method: 'PUT', body: '{"units": 3}' });
    const answers = [
      await callSigned('/v1.0/me/drive/root/children'),
      await callSigned('/v1.0/me/drive/root/children'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 429]);
    expect(answers[1]?.headers.get('retry-after')).toBe('60');
    expect(answers[1]?.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('counts the units of an application across its tokens and User-Agents', async () => {
    const { call, onedrive } = await server();
    await call('/_control/throttle', { method: 'PUT', body: '{"units": 2}' });
    const request = (clientId: string, agent: string) =>
      call('/v1.0/me/drive/root/children', {
        headers: { authorization: `Bearer ${onedrive.token({ clientId })}`, 'user-agent': agent },
      });
    const statuses = [await request('one', 'a'), await request('two', 'a'), await request('one', 'b')];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
  });

  it('issues a token without a sign-in, except for an account with a password', async () => {
    const { call } = await server({
      accounts: [{ displayName: 'A A' }, { displayName: 'B B' }, { displayName: 'C C', password: 'p' }],
    });
    const request = async (body: object, accept = '*/*') =>
      call('/_control/token', { method: 'POST', body: JSON.stringify(body), headers: { accept } });
    const nameOf = async (token: string) => {
      const answer = await call('/v1.0/me', { headers: { authorization: `Bearer ${token}` } });
      return ((await answer.json()) as { displayName: string }).displayName;
    };
    expect(await nameOf(await (await request({}, 'text/plain')).text())).toBe('A A');
    const { access_token: token, ...rest } = (await (
      await request({ account: 'b.b@outlook.com', scopes: ['Files.Read'], expiresIn: 60_000 })
    ).json()) as { access_token: string };
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 60 });
    expect(await nameOf(token)).toBe('B B');
    const write = { method: 'PUT', body: 'x', headers: { authorization: `Bearer ${token}` } };
    expect((await call('/v1.0/me/drive/root:/x:/content', write)).status).toBe(403);
    const refused = [{ account: 'c.c@outlook.com' }, { account: 'missing' }, { scopes: 'all' }];
    expect(await Promise.all(refused.map(async (body) => (await request(body)).status))).toEqual([
      403, 404, 400,
    ]);
  });

  it('issues an app-only token, except for an application with credentials', async () => {
    const registered = { id: 'app-2', secret: 's' };
    const { call, signed: callSigned } = await server({
      applications: [registered, { id: 'app-3', permissions: ['Files.Read.All'] }],
    });
    const request = (body: object) => call('/_control/token', { method: 'POST', body: JSON.stringify(body) });
    const statusOf = async (body: object, path: string, method = 'GET') => {
      const { access_token: token } = (await (await request(body)).json()) as { access_token: string };
      const init = { method, headers: { authorization: `Bearer ${token}` } };
      return (await call(path, method === 'PUT' ? { ...init, body: 'x' } : init)).status;
    };
    const { id } = (await (await callSigned('/v1.0/me/drive')).json()) as { id: string };
    const drive = `/v1.0/drives/${id}`;
    expect(await statusOf({ application: 'app-1' }, '/v1.0/me')).toBe(400);
    expect(await statusOf({ application: 'app-1' }, `${drive}/root`)).toBe(200);
    expect(await statusOf({ application: 'app-3' }, `${drive}/root:/x:/content`, 'PUT')).toBe(403);
    const both = { application: 'app-1', account: 'a' };
    const refused = [{ application: 'APP-2' }, { application: '' }, { application: 1 }, both];
    expect(await Promise.all(refused.map(async (body) => (await request(body)).status))).toEqual([
      403, 400, 400, 400,
    ]);
  });

  it('sends request ids and CORS headers with refusals by plan and by throttle', async () => {
    const { call } = await server({ throttle: { units: 1, window: 1000 } });
    const rules = [{ match: { path: '*delta*' }, fault: { kind: 'resync' } }];
    await call('/_control/faults', { method: 'PUT', body: JSON.stringify({ rules }) });
    const headers = { origin: 'http://localhost:3000', 'client-request-id': 'mine' };
    const request = async (path: string) => {
      const answer = await call(path, { headers });
      const { error } = (await answer.json()) as { error: { innerError: Record<string, string> } };
      expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
      expect(error.innerError).toMatchObject({
        'request-id': answer.headers.get('request-id'),
        'client-request-id': 'mine',
      });
      return answer;
    };
    const gone = await request("/v1.0/me/drive/root/delta(token='x')?token=x&$top=5");
    expect(gone.headers.get('location')).toMatch(/\/root\/delta\?(?:\$|%24)top=5$/);
    expect((await request('/v1.0/me/drive')).status).toBe(429);
  });

  it('empties drives on disk only if the request confirms it, and otherwise lists what would be deleted', async () => {
    const memory = memoryStorage({ sha1: nodeSha1 });
    const { call, signed: callSigned } = await server({ storage: { ...memory, onDisk: true } });
    await callSigned('/v1.0/me/drive/root:/a.txt:/content', { method: 'PUT', body: 'a' });
    for (const body of [undefined, '{}', '{"files": "true"}', '{"files": false}']) {
      const answer = await call('/_control/reset', {
        method: 'POST',
        ...(body === undefined ? {} : { body }),
      });
      expect([answer.status, await answer.text()]).toEqual([
        409,
        expect.stringContaining('deletes every file'),
      ]);
      expect((await callSigned('/v1.0/me/drive/root:/a.txt')).status).toBe(200);
    }
    const body = '{"files": true}';
    expect((await call('/_control/reset', { method: 'POST', body })).status).toBe(204);
    expect((await callSigned('/v1.0/me/drive/root:/a.txt')).status).toBe(404);
  });

  it('resets the whole server', async () => {
    const { call, signed: callSigned } = await server();
    await callSigned('/v1.0/me/drive/root:/a.txt:/content', { method: 'PUT', body: 'a' });
    expect((await call('/_control/reset', { method: 'POST' })).status).toBe(204);
    expect((await callSigned('/v1.0/me/drive/root:/a.txt')).status).toBe(404);
  });

  it('refuses pages of other sites', async () => {
    const { call } = await server();
    const answer = await call('/_control/reset', {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  });

  it('accepts only host names of this machine by default', async () => {
    const { onedrive } = await server();
    const request = (host: string) => onedrive.fetch(new Request(`http://${host}/_control/health`));
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:1', 'a.localhost'])
      expect([host, (await request(host)).status]).toEqual([host, 200]);
    for (const host of [
      'rebound.example',
      'graph.microsoft.com',
      '10.0.0.1',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
    ])
      expect([host, (await request(host)).status]).toEqual([host, 403]);
    const open = await server({ controlFromAnywhere: true });
    expect((await open.onedrive.fetch(new Request('http://10.0.0.1/_control/health'))).status).toBe(200);
  });

  it('seeds accounts and sites while it runs, and refuses an invalid seed with its place', async () => {
    const { call, onedrive } = await server();
    const seed = {
      accounts: [{ userPrincipalName: 'new@contoso.com', kind: 'business', drive: { files: { a: 'x' } } }],
    };
    expect((await call('/_control/seed', { method: 'POST', body: JSON.stringify(seed) })).status).toBe(204);
    const headers = { authorization: `Bearer ${onedrive.token({ account: 'new@contoso.com' })}` };
    expect(await (await call('/v1.0/me/drive/root/children', { headers })).json()).toMatchObject({
      value: [{ name: 'a' }],
    });
    const wrong = await call('/_control/seed', { method: 'POST', body: '{"accounts":[{"kind":"x"}]}' });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('accounts[0].kind')]);
    const disk = await call('/_control/seed', {
      method: 'POST',
      body: '{"accounts":[{"drive":{"files":{"from":"/etc"}}}]}',
    });
    expect(disk.status).toBe(400);
  });
});
