/**
 * BITS uploads: `/items/{folder}/{name}` and `/users/0x{user}/LiveFolders/{path}`, on the storage hosts of the older
 * service. Sources: [MC-BUP]; https://learn.microsoft.com/windows/win32/bits/bits-upload-protocol;
 * https://gist.github.com/rgregg/37ba8929768a62131e85. The response to an unknown session is 404 instead of 500 as in
 * [MC-BUP]: the error code in the header is the same, and 500 is reserved for defects.
 */
import { empty } from '../../core/answers.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import { plainSegments } from '../../core/match.ts';
import type { World } from '../../core/world.ts';
import { type BitsErrorName, bitsErrors, readPacket } from '../bits-rules.ts';
import { asLiveRefusal, LiveRefusal, refusals } from '../live-refusal.ts';
import { type Json } from '../object-json.ts';
import { type BitsPlace, cancelSession, closeSession, createSession, takeFragment } from './bits-sessions.ts';

/** Whether a request is a BITS request; its paths are recognized together with the packet header. */
export function isBitsRequest(request: ServerRequest): boolean {
  const path = request.url.pathname;
  return (
    /^\/users\/0x[0-9a-f]{1,16}\/LiveFolders\//i.test(path) ||
    (/^\/items\/[^/]+\/[^/]+$/.test(path) && isBits(request))
  );
}

function isBits({ method, headers }: ServerRequest): boolean {
  return (
    headers['bits-packet-type'] !== undefined ||
    method === 'BITS_POST' ||
    /^bits_post$/i.test(headers['x-http-method-override'] ?? '')
  );
}

/** Handles a packet. Never throws. */
export async function dispatchBits(request: ServerRequest, world: World): Promise<ServerResponse> {
  try {
    if (!isBits(request)) throw refusals.methodInvalid(request.method);
    const headers = await answer(request, world);
    return empty(headers['BITS-Protocol'] === undefined ? 200 : 201, {
      'BITS-Packet-Type': 'Ack',
      ...headers,
      'Content-Length': '0',
    });
  } catch (error) {
    return refused(asLiveRefusal(error));
  }
}

function answer(request: ServerRequest, world: World): Promise<Readonly<Record<string, string>>> {
  const place = placeOf(request.url.pathname);
  switch (readPacket(request.headers['bits-packet-type'])) {
    case 'create-session':
      return createSession(request, world, place);
    case 'fragment':
      return takeFragment(request, world);
    case 'close-session':
      return closeSession(request, world);
    case 'cancel-session':
      return cancelSession(request, world);
    case 'ping':
      return Promise.resolve({});
    case undefined:
      throw new LiveRefusal(
        400,
        'request_header_invalid',
        'The header BITS-Packet-Type is not a packet type of the protocol.',
      );
  }
}

function placeOf(path: string): BitsPlace {
  const [first, second = '', third = '', ...rest] = plainSegments(path) ?? [];
  if (first === 'items' && third !== '') return { folder: second, name: third };
  const name = rest.at(-1);
  if (first?.toLowerCase() !== 'users' || name === undefined) throw refusals.urlInvalid(path.slice(0, 200));
  return { user: second.slice(2).toLowerCase(), path: rest.slice(0, -1), name };
}

/** An error is returned twice: in headers, for BITS clients, and in the body of v5.0. */
function refused(refusal: LiveRefusal): ServerResponse {
  const json: Json = { error: { code: refusal.code, message: refusal.message } };
  return {
    status: refusal.status,
    headers: {
      'BITS-Packet-Type': 'Ack',
      'BITS-Error-Code': bitsErrors[errorName(refusal)],
      'BITS-Error-Context': '0x5',
      'Content-Type': 'application/json; charset=UTF-8',
      ...refusal.headers,
    },
    body: JSON.stringify(json),
  };
}

function errorName({ status, code }: LiveRefusal): BitsErrorName {
  if (code === 'bits_session_not_found') return 'sessionNotFound';
  switch (status) {
    case 400:
    case 405:
    case 413:
      return 'invalidArgument';
    case 401:
    case 403:
    case 409:
      return 'accessDenied';
    case 404:
      return 'notFound';
    case 416:
      return 'invalidRange';
    case 507:
      return 'noSpace';
    default:
      return 'failed';
  }
}
