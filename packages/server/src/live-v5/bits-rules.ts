/**
 * The rules of a BITS upload, without the bytes. Received bytes are never written again, and a gap is refused with the
 * offset to resume from. Sources: [MC-BUP] §2.2.1.2 and §3.2; https://learn.microsoft.com/windows/win32/bits/fragment,
 * https://learn.microsoft.com/windows/win32/bits/ack-for-fragment
 */

export const bitsProtocol = '{7df0354d-249b-430f-820d-3d2a9bef4931}';

/** HRESULTs in the header `BITS-Error-Code` of a response. */
export const bitsErrors = {
  accessDenied: '0x80070005',
  invalidArgument: '0x80070057',
  notFound: '0x80070002',
  noSpace: '0x80070070',
  failed: '0x80004005',
  sessionNotFound: '0x8020001f',
  invalidRange: '0x8020002b',
} as const;

export type BitsErrorName = keyof typeof bitsErrors;

/** Bytes [start, end) of `total`. */
export interface FragmentRange {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** Parses `bytes 0-9/100`; undefined if it is malformed. */
export function readContentRange(header: string | undefined): FragmentRange | undefined {
  const match = /^\s*bytes\s+(\d{1,15})-(\d{1,15})\/(\d{1,15})\s*$/i.exec(header ?? '');
  if (match === null) return undefined;
  const [start = 0, last = 0, total = 0] = match.slice(1, 4).map(Number);
  return start <= last && last < total ? { start, end: last + 1, total } : undefined;
}

/** What to do with a fragment. */
export type FragmentVerdict =
  | {
      readonly kind: 'take' /** Number of bytes in the body that were received before. */;
      readonly skip: number;
    }
  | { readonly kind: 'known' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'other-total' };

/** @param session the bytes received so far, and the file's size, known after the first fragment. */
export function decideFragment(
  session: { readonly received: number; readonly total?: number | undefined },
  range: FragmentRange,
): FragmentVerdict {
  if (session.total !== undefined && session.total !== range.total) return { kind: 'other-total' };
  if (range.start > session.received) return { kind: 'gap' };
  if (range.end <= session.received) return { kind: 'known' };
  return { kind: 'take', skip: session.received - range.start };
}

export type Packet = 'create-session' | 'fragment' | 'ping' | 'close-session' | 'cancel-session';

const packets: ReadonlySet<string> = new Set([
  'create-session',
  'fragment',
  'ping',
  'close-session',
  'cancel-session',
]);

/** The type of the packet; compared case-insensitively. */
export function readPacket(header: string | undefined): Packet | undefined {
  const name = header?.trim().toLowerCase() ?? '';
  return packets.has(name) ? (name as Packet) : undefined;
}
