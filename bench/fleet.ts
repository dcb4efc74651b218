/** A server with many accounts, and the requests that must cost the same whatever their number. */
import type {
  AccountSeed,
  EmbeddedOneDrive,
  OneDriveOptions,
  SiteSeed,
} from '../packages/server/src/index.ts';

const first = 'user0@contoso.onmicrosoft.com';

/** `count` accounts, every second one personal; a site for everyone, and a private one for every twentieth account. */
export function fleet(count: number): Pick<OneDriveOptions, 'accounts' | 'sites' | 'kind'> {
  const accounts = Array.from({ length: count }, (_, index): AccountSeed => {
    const isPersonal = index % 2 === 1;
    const domain = isPersonal ? 'outlook.com' : 'contoso.onmicrosoft.com';
    return {
      userPrincipalName: `user${index}@${domain}`,
      kind: isPersonal ? 'personal' : 'business',
      drive: { files: { 'a.txt': 'text', folder: { folder: { 'b.txt': 'text' } } } },
    };
  });
  const owned = Array.from({ length: Math.floor(count / 20) }, (_, index): SiteSeed => {
    const members = [`user${index * 20 + 2}@contoso.onmicrosoft.com`];
    return { path: `sites/private${index}`, displayName: `Private ${index}`, members };
  });
  return { kind: 'business', accounts, sites: [{ path: 'sites/team', displayName: 'Team' }, ...owned] };
}

type Send = (server: EmbeddedOneDrive, round: number) => Promise<void>;

const tokens = new WeakMap<EmbeddedOneDrive, string>();

function tokenOf(server: EmbeddedOneDrive): string {
  const token = tokens.get(server) ?? server.token({ account: first });
  tokens.set(server, token);
  return token;
}

async function call(
  server: EmbeddedOneDrive,
  path: string,
  options: { readonly method?: string; readonly body?: string; readonly type?: string } = {},
): Promise<Response> {
  const { method = 'GET', body, type = 'application/json' } = options;
  const headers = {
    authorization: `Bearer ${tokenOf(server)}`,
    ...(body === undefined ? {} : { 'content-type': type }),
  };
  const init = body === undefined ? { method, headers } : { method, headers, body };
  const answer = await server.fetch(new Request(`http://localhost${path}`, init));
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const get =
  (path: string): Send =>
  async (server) => {
    await (await call(server, path)).arrayBuffer();
  };

const driveIds = new WeakMap<EmbeddedOneDrive, string>();

const onDrive =
  (tail: string): Send =>
  async (server, round) => {
    const id =
      driveIds.get(server) ?? ((await (await call(server, '/v1.0/me/drive')).json()) as { id: string }).id;
    driveIds.set(server, id);
    await get(`/v1.0/drives/${id}${tail}`)(server, round);
  };

const webUrls = new WeakMap<EmbeddedOneDrive, string>();

const byWebUrl: Send = async (server, round) => {
  const url =
    webUrls.get(server) ??
    ((await (await call(server, '/v1.0/me/drive/root:/a.txt')).json()) as { webUrl: string }).webUrl;
  webUrls.set(server, url);
  await get(`/v1.0/shares/u!${Buffer.from(url).toString('base64url')}/driveItem`)(server, round);
};

const search: Send = async (server) => {
  const query = { entityTypes: ['driveItem'], query: { queryString: 'a.txt' } };
  await call(server, '/v1.0/search/query', { method: 'POST', body: JSON.stringify({ requests: [query] }) });
};

const invite: Send = async (server) => {
  const body = {
    recipients: [{ email: first }],
    roles: ['read'],
    requireSignIn: true,
    sendInvitation: false,
  };
  await call(server, '/v1.0/me/drive/root:/a.txt:/invite', { method: 'POST', body: JSON.stringify(body) });
};

const put: Send = async (server) => {
  const path = '/v1.0/me/drive/root:/put.txt:/content';
  await call(server, path, { method: 'PUT', body: 'text', type: 'text/plain' });
};

const signIn: Send = async (server) => {
  const body = `grant_type=password&client_id=app&scope=Files.Read&username=${first}&password=x`;
  const type = 'application/x-www-form-urlencoded';
  await call(server, '/organizations/oauth2/v2.0/token', { method: 'POST', body, type });
};

/** Requests by name. */
export const accountRequests: readonly (readonly [string, Send])[] = [
  ['GET /drives/{id}', onDrive('')],
  ['GET an item', onDrive('/root:/a.txt')],
  ['GET children', onDrive('/root/children')],
  ['GET content', onDrive('/root:/a.txt:/content')],
  ['PUT content', put],
  ['GET /me', get('/v1.0/me')],
  ['GET /users/{name}', get(`/v1.0/users/${first}`)],
  ['GET /users/{name}/drive', get(`/v1.0/users/${first}/drive`)],
  ['GET /me/drives', get('/v1.0/me/drives')],
  ['GET /me/memberOf', get('/v1.0/me/memberOf')],
  ['GET /sites/{path}', get('/v1.0/sites/contoso.sharepoint.com:/sites/team')],
  ['GET /sites?search=', get('/v1.0/sites?search=team')],
  ['GET an item by its web URL', byWebUrl],
  ['GET sharedWithMe', get('/v1.0/me/drive/sharedWithMe')],
  ['GET permissions', get('/v1.0/me/drive/root:/a.txt:/permissions')],
  ['POST invite', invite],
  ['GET delta', get('/v1.0/me/drive/root/delta')],
  ['GET search in a drive', get("/v1.0/me/drive/root/search(q='a.txt')")],
  ['GET recent', get('/v1.0/me/drive/recent')],
  ['POST /search/query', search],
  ['GET /subscriptions', get('/v1.0/subscriptions')],
  ['sign-in by password', signIn],
  [
    'access token',
    async (server) => {
      server.token({ account: first });
    },
  ],
];
