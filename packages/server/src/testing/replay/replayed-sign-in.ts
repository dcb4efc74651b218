/**
 * Recreates the parts of a sign-in that a log cannot contain: the id token, which is redacted in the log, for the
 * current client and nonce; and the page in the browser, which no client records. There is no authentication: the
 * tokens are only for the client under test on this machine.
 */
import { base64urlOfText } from '../../core/base-encodings.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';

/** The directory of personal accounts; used if the log names no other. */
const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** The claims about the user in a recorded response. */
export interface RecordedPerson {
  readonly person?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** The sign-ins of one replay; remembers the nonce that each client expects. */
export interface ReplayedSignIns {
  /** The redirect back from the sign-in page; undefined for other requests. */
  readonly page: (request: ServerRequest) => ServerResponse | undefined;
  /** A token response with an id token in place of the mark; other text unchanged. */
  readonly answer: (body: string, request: ServerRequest, recorded: RecordedPerson) => Promise<string>;
}

/** @param mark the text that replaces secrets in the log. */
export function replayedSignIns(mark: string): ReplayedSignIns {
  const nonces = new Map<string, string>();
  return {
    page({ method, url }) {
      const query = url.searchParams;
      const redirectUri = query.get('redirect_uri') ?? '';
      const isPage = /\/(?:oauth2\/v2\.0\/authorize|oauth20_authorize\.srf)$/.test(url.pathname);
      if (method !== 'GET' || !isPage || !isOnThisMachine(redirectUri)) return undefined;
      nonces.set(query.get('client_id') ?? '', query.get('nonce') ?? '');
      const answer = new URL(redirectUri);
      answer.searchParams.set('code', 'replayed');
      answer.searchParams.set('state', query.get('state') ?? '');
      return { status: 302, headers: { Location: answer.href } };
    },
    async answer(body, request, recorded) {
      if (!body.includes('"id_token"')) return body;
      const answer = objectIn(body);
      if (answer?.['id_token'] !== mark) return body;
      const client = new URLSearchParams(await textOf(request)).get('client_id') ?? '';
      const token = idToken(request.url.origin, { ...recorded, client, nonce: nonces.get(client) });
      return JSON.stringify({ ...answer, id_token: token });
    },
  };
}

interface IdTokenOptions extends RecordedPerson {
  readonly client: string;
  readonly nonce: string | undefined;
}

/** Without a valid signature, which a client need not check: the token comes directly from the token endpoint (OpenID Connect Core 1.0 §3.1.3.7, 6). */
function idToken(origin: string, { person = {}, time, client, nonce }: IdTokenOptions): string {
  const tid = person['tid'] ?? personalTenant;
  const issued = Math.floor(time / 1000);
  const claims = {
    iss: `${origin}/${tid}/v2.0`,
    aud: client,
    sub: 'replayed',
    tid,
    ...person,
    iat: issued,
    nbf: issued,
    exp: issued + 3600,
    ver: '2.0',
    ...(nonce ? { nonce } : {}),
  };
  const parts = [{ typ: 'JWT', alg: 'RS256' }, claims].map((part) => base64urlOfText(JSON.stringify(part)));
  return `${parts.join('.')}.${base64urlOfText('replayed')}`;
}

function isOnThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && (hostname === 'localhost' || /^127(\.\d{1,3}){3}$/.test(hostname));
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function textOf({ body }: ServerRequest): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text;
}
