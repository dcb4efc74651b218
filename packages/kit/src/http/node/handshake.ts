/**
 * The steps of connecting to a server, one at a time, to find out which one fails: name lookup, one
 * connection, TLS. No HTTP request is sent; the certificate is reported, not enforced.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { tlsOptions } from './agents.ts';
import { dialing, type NodeTransportOptions, timeoutsOf } from './options.ts';
import { openTunnel } from './tunnel.ts';

/** What a server presents in its TLS handshake. */
export interface Handshake {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** The issuer of the certificate: its organization, or else its name. */
  readonly issuer: string;
  /** The end of the certificate's validity, as the certificate writes it. */
  readonly ends: string;
  /** Why the certificate would be refused, as Node's error code: `CERT_HAS_EXPIRED`. */
  readonly fault: string | undefined;
}

/** An address of a host name. */
export interface FoundAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Returns all addresses of a host name; an address is returned as it is. @throws the system's error:
 * `ENOTFOUND`, `EAI_AGAIN`.
 */
export async function findAddresses(
  hostname: string,
  { lookup = systemLookup }: Pick<NodeTransportOptions, 'lookup'>,
): Promise<readonly FoundAddress[]> {
  const name = bare(hostname);
  const family = isIP(name);
  if (family !== 0) return [found({ address: name, family })];
  return new Promise((resolve, reject) => {
    lookup(name, { all: true }, (error, addresses, one) => {
      if (error) reject(error);
      else if (typeof addresses === 'string') resolve([found({ address: addresses, family: one ?? 4 })]);
      else resolve(addresses.map(found));
    });
  });
}

const found = ({ address, family }: LookupAddress): FoundAddress => ({
  address,
  family: family === 6 ? 6 : 4,
});

/** Connects to one address. @throws the socket's error, or `ETIMEDOUT` after `ms`. */
export function reachAddress({ address, family }: FoundAddress, port: number, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: address, port, family, autoSelectFamily: false });
    socket.setTimeout(ms, () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

/** Opens a tunnel to `url` through the proxy that is configured for it. @throws OneDriveError `network`. */
export async function reachThroughProxy(url: URL, options: NodeTransportOptions): Promise<void> {
  const socket = await tunnel(url, options);
  socket?.destroy();
}

/**
 * Performs a TLS handshake with the server of an https URL, over the same route as requests. @throws the
 * error of the socket or the proxy.
 */
export async function shakeHands(url: URL, options: NodeTransportOptions): Promise<Handshake> {
  const { connect } = await import('node:tls');
  const through = await tunnel(url, options);
  const name = bare(url.hostname);
  const where: ConnectionOptions =
    through === undefined
      ? { ...dialing(options), host: name, port: portOf(url) }
      : { socket: through, host: name };
  const trust = await tlsOptions(options);
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...trust,
      ...where,
      servername: isIP(name) ? '' : name,
      rejectUnauthorized: false,
    });
    const late = Object.assign(new Error('the handshake did not finish'), { code: 'ETIMEDOUT' });
    socket.setTimeout(timeoutsOf(options).connect, () => socket.destroy(late));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const { issuer: by, valid_to: ends } = socket.getPeerCertificate();
      const fault = socket.authorized ? undefined : String(socket.authorizationError);
      const issuer = [by.O || by.CN].flat().join(', ');
      resolve({ protocol: socket.getProtocol() ?? 'TLS', issuer, ends, fault });
      socket.destroy();
    });
  });
}

async function tunnel(url: URL, options: NodeTransportOptions): Promise<Socket | undefined> {
  const proxy = options.proxy?.(url);
  if (proxy === undefined) return undefined;
  return openTunnel(
    proxy,
    { host: bare(url.hostname), port: portOf(url), secure: false },
    {
      timeoutMs: timeoutsOf(options).connect,
      tls: proxy.secure ? await tlsOptions(options) : {},
      dial: dialing(options),
    },
  );
}

/** The port of a URL, including default ports. */
export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
