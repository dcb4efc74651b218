/**
 * The five packets of a BITS upload, one function each. All are POSTs with their kind in `BITS-Packet-Type`.
 * The packets that create and end a session have the token; a fragment has none. Sources: [MC-BUP];
 * https://gist.github.com/rgregg/37ba8929768a62131e85
 */
import { OneDriveError } from '../../errors/index.ts';
import { emptyBody } from '../../http/bodies.ts';
import { discard } from '../../http/read.ts';
import type { HttpBody, HttpResponse } from '../../http/transport.ts';
import type { LiveClient } from '../client.ts';
import { packetContracts } from '../contract.ts';
import { type CallOptions, send } from '../send.ts';
import { contentRange, type Fragment, parseReceived } from './offsets.ts';

/** An open session: the URL for every packet, and the session's id. */
export interface BitsSession {
  readonly url: string;
  readonly id: string;
}

/** The only protocol that OneDrive supports: BITS upload 1.5. */
export const bitsProtocol = '{7df0354d-249b-430f-820d-3d2a9bef4931}';

interface Packet {
  readonly type: 'Create-Session' | 'Fragment' | 'Ping' | 'Close-Session' | 'Cancel-Session';
  readonly url: string;
  readonly what: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: HttpBody;
  readonly idempotent: boolean;
  readonly signed: boolean;
  readonly options: CallOptions;
}

async function post(client: LiveClient, packet: Packet): Promise<HttpResponse> {
  const response = await send(client, {
    method: 'POST',
    url: packet.url,
    what: packet.what,
    headers: {
      'x-http-method-override': 'BITS_POST',
      'bits-packet-type': packet.type,
      ...packet.headers,
    },
    body: packet.body ?? emptyBody,
    idempotent: packet.idempotent,
    options: packet.options,
    contract: packetContracts[packet.type],
    ...(packet.signed ? {} : { via: client.plain }),
  });
  await discard(response);
  if (response.status >= 400 || response.headers['bits-packet-type']?.toLowerCase() === 'ack')
    return response;
  throw new OneDriveError('protocol', `Could not ${packet.what}: the response is not an acknowledgement.`, {
    hint: 'Check that the base URL is that of the upload service.',
  });
}

/**
 * Opens a session. Repeated after a lost response: the service deletes unused sessions.
 * @param url of {@link bitsUrl}.
 * @throws LiveError `auth-required`, `access-denied`, `not-found` …; OneDriveError `protocol`
 */
export async function createBitsSession(
  client: LiveClient,
  url: string,
  options: CallOptions = {},
): Promise<BitsSession> {
  const what = 'start the upload';
  const headers = { 'bits-supported-protocols': bitsProtocol };
  const { headers: answer } = await post(client, {
    type: 'Create-Session',
    url,
    what,
    headers,
    idempotent: true,
    signed: true,
    options,
  });
  const id = answer['bits-session-id'];
  if (id !== undefined && id !== '' && answer['bits-protocol']?.toLowerCase() === bitsProtocol)
    return { url, id };
  throw new OneDriveError(
    'protocol',
    `Could not ${what}: the response has no session of the requested protocol.`,
  );
}

/** The server's response to a fragment. */
export interface FragmentAnswer {
  /** False: a gap; the server wants to continue from `received`. */
  readonly accepted: boolean;
  /** Number of bytes on the server, from the start; undefined if the response does not state it. */
  readonly received: number | undefined;
}

/**
 * Sends bytes. The server skips those that it already has. It rejects a gap, which is a result here and not
 * an error.
 * @throws LiveError `not-found` or `invalid-request` if the session no longer exists, `service` …
 */
export async function sendBitsFragment(
  client: LiveClient,
  session: BitsSession,
  fragment: Fragment,
  body: HttpBody,
  options: CallOptions = {},
): Promise<FragmentAnswer> {
  const { status, headers } = await post(client, {
    type: 'Fragment',
    url: session.url,
    what: `upload bytes ${fragment.start} to ${fragment.end - 1} of ${fragment.total}`,
    headers: {
      'bits-session-id': session.id,
      'content-range': contentRange(fragment),
      'content-type': 'application/octet-stream',
    },
    body,
    idempotent: true,
    signed: false,
    options,
  });
  return { accepted: status < 300, received: parseReceived(headers['bits-received-content-range']) };
}

/** Checks that the upload service exists and supports BITS. @throws LiveError */
export async function pingBits(client: LiveClient, url: string, options: CallOptions = {}): Promise<void> {
  await post(client, {
    type: 'Ping',
    url,
    what: 'reach the upload service',
    idempotent: true,
    signed: true,
    options,
  });
}

/**
 * Ends a session: the file appears under its name.
 * @returns the short id of the file, `CID!123`; undefined if the response has none.
 * @throws LiveError `range` or `invalid-request` if bytes are missing, `service` if the outcome is unknown
 */
export async function closeBitsSession(
  client: LiveClient,
  session: BitsSession,
  options: CallOptions = {},
): Promise<string | undefined> {
  const { headers } = await post(client, {
    type: 'Close-Session',
    url: session.url,
    what: 'complete the upload',
    headers: { 'bits-session-id': session.id },
    idempotent: false,
    signed: true,
    options,
  });
  return headers['x-resource-id'];
}

/** Cancels a session and deletes its bytes; does nothing if it no longer exists. @throws LiveError */
export async function cancelBitsSession(
  client: LiveClient,
  session: BitsSession,
  options: CallOptions = {},
): Promise<void> {
  await post(client, {
    type: 'Cancel-Session',
    url: session.url,
    what: 'cancel the upload',
    headers: { 'bits-session-id': session.id },
    idempotent: true,
    signed: true,
    options,
  });
}
