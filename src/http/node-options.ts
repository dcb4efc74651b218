/** What the Node transport can be told: how many connections, whom to trust, how long to wait. */

export interface NodeTransportOptions {
  /** Most connections at once to one origin; further requests wait. 32 unless told. */
  readonly maxConnections?: number;
  /** Certificate authorities in PEM, in place of Node's own list. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
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

/** The waiting times with their defaults. */
export function timeoutsOf(options: NodeTransportOptions): NodeTimeouts {
  return {
    connect: options.connectTimeoutMs ?? 20_000,
    head: options.headTimeoutMs ?? 120_000,
    idle: options.idleTimeoutMs ?? 60_000,
  };
}
