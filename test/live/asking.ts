/** Sends requests to an embedded OneDrive over the Live v5.0 API, without this project's client. */
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into answers of every shape
  readonly json: any;
  readonly bytes: Uint8Array;
}

export interface LiveTester extends EmbeddedOneDrive {
  /** `path` is relative to /v5.0/, or absolute; the token is sent in the query, as clients of that time did. */
  ask(
    method: string,
    path: string,
    init?: { body?: BodyInit; headers?: Record<string, string>; token?: string | null },
  ): Promise<Answer>;
  /** Sends a packet of a BITS upload. */
  packet(type: string, path: string, headers?: Record<string, string>, body?: BodyInit): Promise<Answer>;
  /** Uploads a file into the root of the drive. */
  put(name: string, body: string, query?: string): Promise<{ readonly id: string }>;
  /** Lists the items in a folder. */
  names(folder?: string): Promise<readonly string[]>;
  readonly cid: string;
}

export async function liveTester(options: OneDriveOptions = {}): Promise<LiveTester> {
  const server = await createOneDrive({ autoConsent: true, ...options });
  const own = server.token();
  const read = async (request: Request): Promise<Answer> => {
    const response = await server.fetch(request);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    return {
      status: response.status,
      headers: response.headers,
      text,
      bytes,
      get json() {
        return JSON.parse(text) as unknown;
      },
    };
  };
  const ask: LiveTester['ask'] = (method, path, { body, headers = {}, token = own } = {}) => {
    const url = new URL(/^https?:/.test(path) ? path : `https://apis.live.net/v5.0/${path}`);
    if (token !== null && url.host === 'apis.live.net' && url.pathname.startsWith('/v5.0'))
      url.searchParams.set('access_token', token);
    return read(new Request(url, { method, headers, body: body ?? null }));
  };
  const packet: LiveTester['packet'] = (type, path, headers = {}, body) =>
    read(
      new Request(`https://cid-x.users.storage.live.com${path}`, {
        method: 'POST',
        headers: {
          'X-Http-Method-Override': 'BITS_POST',
          'BITS-Packet-Type': type,
          ...(type === 'Fragment' ? {} : { Authorization: `Bearer ${own}` }),
          ...headers,
        },
        body: body ?? null,
      }),
    );
  const { id: cid } = (await ask('GET', 'me')).json as { id: string };
  const put: LiveTester['put'] = async (name, body, query = '') =>
    (await ask('PUT', `me/skydrive/files/${encodeURIComponent(name)}${query}`, { body })).json as {
      id: string;
    };
  const names: LiveTester['names'] = async (folder = 'me/skydrive') =>
    ((await ask('GET', `${folder}/files`)).json.data as { name: string }[]).map((object) => object.name);
  return { ...server, ask, packet, put, names, cid };
}
