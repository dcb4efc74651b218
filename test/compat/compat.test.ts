import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  APIAuthError,
  AuthenticationError,
  AuthMissingError,
  DoesNotExists,
  NoAPISupportError,
  OneDriveAPI,
  OneDriveAPIWrapper,
  OneDriveAuth,
  OneDriveHTTPClient,
  PersistentOneDriveAPI,
  ProtocolError,
} from '../../packages/kit/src/compat/index.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import type { HttpRequest } from '../../packages/kit/src/http/transport.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';

let server: EmbeddedOneDrive;
beforeEach(async () => {
  server = await createOneDrive({ autoConsent: true });
});
afterEach(() => server.close());

const config = () => ({
  clientId: '00000000620A3E4A',
  clientSecret: 'secret',
  transport: handlerTransport(server.handler),
});

/** Does what a browser does with the address of the sign-in page. */
async function browse(url: string): Promise<string> {
  const { search } = new URL(url);
  const answer = await server.fetch(new Request(`https://login.live.com/oauth20_authorize.srf${search}`));
  return answer.headers.get('location') ?? '';
}

async function signedIn(): Promise<OneDriveAPI> {
  const api = new OneDriveAPI(config());
  api.authUserProcessUrl(await browse(api.authUserGetUrl()));
  await api.authGetToken();
  return api;
}

describe('signing in', () => {
  test('a code becomes tokens of exactly the scopes that were asked for', async () => {
    const api = new OneDriveAuth(config());
    api.authUserProcessUrl(await browse(api.authUserGetUrl()));
    expect(await api.authGetToken()).toEqual(['wl.skydrive', 'wl.skydrive_update', 'wl.offline_access']);
    expect(api.authAccessToken).toBeTruthy();
    expect(api.authRefreshToken).toBeTruthy();
  });

  test('a refresh token renews, without the secret', async () => {
    const api = await signedIn();
    const before = api.authAccessToken;
    await api.authGetToken();
    expect(api.authAccessToken).not.toBe(before);
  });

  test('a token that the service refuses is renewed once, in the middle of a call', async () => {
    const api = await signedIn();
    api.authAccessToken = 'refused';
    expect((await api.info()).name).toBe('SkyDrive');
    expect(api.authAccessToken).not.toBe('refused');
  });

  test('the older errors come for what is missing and what is refused', async () => {
    expect(() => new OneDriveAuth().authUserGetUrl()).toThrow(AuthMissingError);
    await expect(new OneDriveAuth(config()).authGetToken()).rejects.toBeInstanceOf(AuthMissingError);
    expect(() => new OneDriveAuth().authUserProcessUrl('https://x/?error=access_denied')).toThrow(
      APIAuthError,
    );
    const wrong = new OneDriveAuth({ ...config(), authCode: 'x'.repeat(40) });
    await expect(wrong.authGetToken()).rejects.toBeInstanceOf(AuthenticationError);
    const other = new OneDriveAuth({ ...config(), authScope: ['wl.basic'] });
    other.authUserProcessUrl(await browse(other.authUserGetUrl(['wl.skydrive'])));
    await expect(other.authGetToken()).rejects.toThrow(/does not match/);
  });
});

test('every method does what it is called', async () => {
  const api = await signedIn();
  expect((await api.getUserData()).id).toBe(await api.getUserId());
  const [available, quota] = await api.getQuota();
  expect(available).toBe(quota);
  const { id: folder } = await api.mkdir('Dir', 'me/skydrive', { description: 'of tests' });
  expect((await api.info(folder)).description).toBe('of tests');
  await api.put(['a.txt', 'hello'], folder);
  const file = await api.resolvePath('Dir/a.txt');
  expect(new TextDecoder().decode(await api.get(file))).toBe('hello');
  expect(new TextDecoder().decode(await api.get(file, '1-2'))).toBe('el');
  await api.infoUpdate(file, { name: 'b.txt' });
  await api.copy(file, 'me/skydrive');
  expect((await api.listdir()).map((object) => object.name)).toEqual(['Dir', 'b.txt']);
  expect((await api.listdir('me/skydrive', { typeFilter: 'folder' })).data).toHaveLength(1);
  await api.delete(await api.resolvePath('b.txt'));
  expect((await api.move(file, 'me/skydrive')).parent_id).toMatch(/^folder\./);
  expect((await api.link(file)).link).toMatch(/^https:/);
  expect((await api.link(file, 'embed')).embed_html).toMatch(/^<iframe/);
  await api.commentAdd(file, 'well');
  const [comment] = await api.comments(file);
  expect(comment?.message).toBe('well');
  await api.commentDelete(comment?.id ?? '');
  expect(await api.comments(file)).toHaveLength(0);
  expect(await api.call('me/skydrive/recent_docs')).toHaveProperty('data');
});

test('put goes by BITS from a size on, which cannot but overwrite', async () => {
  const api = await signedIn();
  const bytes = Uint8Array.from({ length: 5000 }, (_, at) => at % 251);
  const told: number[] = [];
  const id = await api.putBits(['big.bin', bytes], 'me/skydrive', {
    fragBytes: 999,
    chunkCallback: ({ bytesTransferred }) => told.push(bytesTransferred),
  });
  expect(await api.get(id)).toEqual(bytes);
  expect(told.at(-1)).toBe(5000);
  expect((await api.put(['big.bin', bytes], 'me/skydrive', { bitsApiFallback: 1000 })).id).toBe(id);
  const refused = api.put(['big.bin', bytes], 'me/skydrive', { bitsApiFallback: 1000, overwrite: false });
  await expect(refused).rejects.toBeInstanceOf(NoAPISupportError);
  expect((await api.put(['none', ''], 'me/skydrive', { bitsApiFallback: 0 })).name).toBe('none');
});

test('a BITS upload goes to a folder by its path too, and tells the short id where that is wanted', async () => {
  const api = await signedIn();
  await api.mkdir('Deep', (await api.mkdir('Dir')).id);
  const chunks: string[] = [];
  const short = await api.putBits(['a.bin', '12345'], undefined, {
    folderPath: 'Dir/Deep',
    rawId: true,
    fragBytes: 2,
    chunkCallback: ({ chunksTransferred, chunksTotal }) => chunks.push(`${chunksTransferred}/${chunksTotal}`),
  });
  const found = await api.resolvePath('Dir/Deep/a.bin', undefined, { objects: true, listdirLimit: 1 });
  expect(found.id.endsWith(`.${short}`)).toBe(true);
  expect(found).toMatchObject({ type: 'file', size: 5 });
  expect(chunks.at(-1)).toBe('3/3');
  expect(() => void api.putBits(['a', 'x'], 'me/skydrive', { folderPath: 'Dir' })).toThrow(
    expect.objectContaining({ code: 'usage' }),
  );
});

test('the token is renewed before a commit when that was asked for', async () => {
  const api = await signedIn();
  api.apiBitsAuthRefreshBeforeCommitHack = true;
  const before = api.authAccessToken;
  await api.putBits(['a.bin', 'abc']);
  expect(api.authAccessToken).not.toBe(before);
});

test('what is not there is a ProtocolError with the status, and DoesNotExists of a path', async () => {
  const api = await signedIn();
  const gone = `file.${await api.getUserId()}.${(await api.getUserId()).toUpperCase()}!99999`;
  await expect(api.info(gone)).rejects.toMatchObject({
    name: 'ProtocolError',
    status: 404,
    code: 'not-found',
  });
  await expect(api.info(gone)).rejects.toBeInstanceOf(ProtocolError);
  await api.mkdir('Dir');
  await expect(api.resolvePath('Dir/no/such')).rejects.toMatchObject({ missing: ['no', 'such'] });
  await api.put(['file', 'x']);
  await expect(api.resolvePath('file/below')).rejects.toBeInstanceOf(DoesNotExists);
});

test('request can be overridden in a subclass, and everything goes through it', async () => {
  const seen: string[] = [];
  class Logged extends OneDriveAPI {
    override request(request: HttpRequest) {
      seen.push(`${request.method} ${new URL(request.url).pathname}`);
      return super.request(request);
    }
  }
  const api = new Logged({
    ...config(),
    authAccessToken: server.token(),
    requestBaseHeaders: { 'X-Test': '1' },
  });
  await api.put(['a', 'b']);
  await api.get(await api.resolvePath('a'));
  expect(seen.slice(0, 3)).toEqual([
    'PUT /v5.0/me/skydrive/files/a',
    'GET /v5.0/me/skydrive/files',
    expect.stringMatching(/^GET \/v5\.0\/file\..*\/content$/),
  ]);
  expect(seen.at(-1)).toMatch(/^GET \/_content\//);
});

test('the wrapper gives answers as they come', async () => {
  const api = new OneDriveAPIWrapper({ ...config(), authAccessToken: server.token() });
  expect(await api.getQuota()).toEqual({ quota: 26843545600, available: 26843545600 });
  expect(await api.listdir()).toEqual({ data: [] });
  expect(new OneDriveHTTPClient()).not.toHaveProperty('listdir');
});

test('tokens are read from the configuration of the older tool and kept there, the rest of it unchanged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compat-'));
  try {
    const { authRefreshToken = '' } = await signedIn();
    const path = join(folder, 'lcrc');
    const text = `# mine\nclient: {id: '00000000620A3E4A', secret: x}\nauth:\n  refresh_token: ${authRefreshToken}\nrequest:\n  extra_keywords: {timeout: 20}\n`;
    await writeFile(path, text, { mode: 0o600 });
    const api = await PersistentOneDriveAPI.fromConf(path, { transport: handlerTransport(server.handler) });
    expect(api.requestExtraKeywords).toEqual({ timeout: 20 });
    expect((await api.info()).type).toBe('folder');
    const after = await readFile(path, 'utf8');
    expect(after).toContain('# mine');
    expect(after).toContain(api.authAccessToken);
  } finally {
    await rm(folder, { recursive: true });
  }
});
