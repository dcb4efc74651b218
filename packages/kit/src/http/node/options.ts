/** What the Node transport can be told: how many connections, whom to trust, how long to wait. */
import type { LookupFunction, TcpSocketConnectOpts } from 'node:net';
import type { ProxyChoice } from './proxy-choice.ts';

/** Limits, trust and proxies of the Node transport. Times are milliseconds. */
export interface NodeTransportOptions {
  /** Most connections at once to one origin; further requests wait. 32 unless told. */
  readonly maxConnections?: number;
  /** Certificate authorities in PEM, in place of Node's own list. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** Certificate authorities in PEM, besides Node's own list. Ignored where `ca` is given. */
  readonly extraCa?: readonly string[] | undefined;
  /** Shown to a server or a proxy that asks who is there: PEM texts, or a PFX. */
  readonly clientCertificate?:
    | { readonly cert: string; readonly key: string; readonly passphrase?: string | undefined }
    | { readonly pfx: Buffer; readonly passphrase?: string | undefined }
    | undefined;
  /** The proxy of each request: `proxyChoice(process.env)`. None unless told. */
  readonly proxy?: ProxyChoice | undefined;
  /** Only this version of IP; both unless told, whichever connects first. */
  readonly family?: 4 | 6 | undefined;
  /** Finds the addresses of a name: `dns.lookup` of Node unless told. */
  readonly lookup?: LookupFunction | undefined;
  /** Milliseconds until a connection, TLS included, must stand. 20 s unless told. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds without a byte in either direction until the response head must have come. 120 s unless told. */
  readonly headTimeoutMs?: number;
  /** Milliseconds without a byte of the response body while somebody waits for one. 60 s unless told. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds an unused connection is kept for the next request. 30 s unless told. */
  readonly keepAliveMs?: number;
}

export interface NodeTimeouts {
  readonly connect: number;
  readonly head: number;
  readonly idle: number;
}

/**
 * How a socket gets from a name to a connection: one address after the other, of both versions of IP in turn, unless
 * one of them is chosen. Node's quarter of a second for each is too short for slow lines: it gives up on all of them.
 * https://nodejs.org/api/net.html#socketconnectoptions-connectlistener, RFC 8305.
 */
export function dialing({ family, lookup }: NodeTransportOptions): Partial<TcpSocketConnectOpts> {
  return {
    ...(family === undefined
      ? { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1000 }
      : { family, autoSelectFamily: false }),
    ...(lookup === undefined ? {} : { lookup }),
  };
}

/** The waiting times with their defaults. */
export function timeoutsOf(options: NodeTransportOptions): NodeTimeouts {
  return {
    connect: options.connectTimeoutMs ?? 20_000,
    head: options.headTimeoutMs ?? 120_000,
    idle: options.idleTimeoutMs ?? 60_000,
  };
}
