/**
 * The five packets of a BITS upload, one function each. All are POSTs that say what they are in `BITS-Packet-Type`.
 * The token goes with the packets that create and end a session; a fragment carries none.
 * Sources: [MC-BUP]; https://gist.github.com/rgregg/37ba8929768a62131e85
 */
import { OneDriveError } from '../../errors/index.ts';
import { emptyBody } from '../../http/bodies.ts';
import { discard } from '../../http/read.ts';
import type { HttpBody, HttpResponse } from '../../http/transport.ts';
import type { LiveClient } from '../client.ts';
import { packetContracts } from '../contract.ts';
import { type CallOptions, send } from '../send.ts';
import { contentRange, type Fragment, parseReceived } from './offsets.ts';

/** An open session: the URL that every packet goes to, and what the service calls it. */
export interface BitsSession {
  readonly url: string;
  readonly id: string;
}

/** The one protocol that OneDrive speaks: BITS upload 1.5. */
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
  throw new OneDriveError('protocol', `Could not ${packet.what}: the answer is no acknowledgement.`, {
    hint: 'Check that the address is that of the upload service.',
  });
}

/**
 * Opens a session. Repeated after a lost answer: a session that nobody uses is dropped by the service.
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
    `Could not ${what}: the answer names no session of the protocol asked for.`,
  );
}

/** What the server said about a fragment. */
export interface FragmentAnswer {
  /** False: a gap; the server wants to go on from `received`. */
  readonly accepted: boolean;
  /** Bytes that the server holds, from the start; undefined when it did not say. */
  readonly received: number | undefined;
}

/**
 * Sends bytes. What the server has already it skips; a gap it refuses, which is an answer here and no error.
 * @throws LiveError `not-found` or `invalid-request` when the session is gone, `service` …
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

/** Asks whether the upload service is there and speaks BITS. @throws LiveError */
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
 * @returns the short id of the file, `CID!123`; undefined where the service did not say.
 * @throws LiveError `range` or `invalid-request` when bytes are missing, `service` when the outcome is unknown
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

/** Drops a session and its bytes; one that is gone already is no error. @throws LiveError */
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
