/** Options of the Node transport: number of connections, trust, timeouts. */
import type { LookupFunction, TcpSocketConnectOpts } from 'node:net';
import type { ProxyChoice } from './proxy-choice.ts';

/** Limits, trust and proxies of the Node transport. Times are in milliseconds. */
export interface NodeTransportOptions {
  /** Maximum number of connections to one origin; further requests wait. Default: 32. */
  readonly maxConnections?: number;
  /** Certificate authorities in PEM, instead of Node's own list. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** Certificate authorities in PEM, in addition to Node's own list. Ignored if `ca` is set. */
  readonly extraCa?: readonly string[] | undefined;
  /** Client certificate for servers and proxies that request one: PEM texts, or a PFX. */
  readonly clientCertificate?:
    | { readonly cert: string; readonly key: string; readonly passphrase?: string | undefined }
    | { readonly pfx: Buffer; readonly passphrase?: string | undefined }
    | undefined;
  /** The proxy of each request: `proxyChoice(process.env)`. Default: none. */
  readonly proxy?: ProxyChoice | undefined;
  /** Use only this version of IP. Default: both, whichever connects first. */
  readonly family?: 4 | 6 | undefined;
  /** Looks up the addresses of a host name. Default: Node's `dns.lookup`. */
  readonly lookup?: LookupFunction | undefined;
  /** Timeout for establishing a connection, including TLS, in milliseconds. Default: 20 000. */
  readonly connectTimeoutMs?: number;
  /**
   * Timeout in milliseconds without a byte in either direction before the response head. Default: 120 000.
   */
  readonly headTimeoutMs?: number;
  /**
   * Timeout in milliseconds without a byte of the response body while a reader waits for one. Default: 60
   * 000.
   */
  readonly idleTimeoutMs?: number;
  /** How long an idle connection is kept for the next request, in milliseconds. Default: 30 000. */
  readonly keepAliveMs?: number;
}

export interface NodeTimeouts {
  readonly connect: number;
  readonly head: number;
  readonly idle: number;
}

/**
 * How a socket connects to a host name: one address after the other, alternating between IPv4 and IPv6,
 * unless a version is set. Node's default of 250 ms for each address is too short for slow lines: all of them
 * would fail. https://nodejs.org/api/net.html#socketconnectoptions-connectlistener, RFC 8305.
 */
export function dialing({ family, lookup }: NodeTransportOptions): Partial<TcpSocketConnectOpts> {
  return {
    ...(family === undefined
      ? { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1000 }
      : { family, autoSelectFamily: false }),
    ...(lookup === undefined ? {} : { lookup }),
  };
}

/** The timeouts with their defaults. */
export function timeoutsOf(options: NodeTransportOptions): NodeTimeouts {
  return {
    connect: options.connectTimeoutMs ?? 20_000,
    head: options.headTimeoutMs ?? 120_000,
    idle: options.idleTimeoutMs ?? 60_000,
  };
}
