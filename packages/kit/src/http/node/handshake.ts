/**
 * The way to a server, step by step, for whoever has to find out where it ends: the addresses of its name, one
 * connection, TLS. Nothing is asked of the server; what its certificate is worth is told, not enforced.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { tlsOptions } from './agents.ts';
import { dialing, type NodeTransportOptions, timeoutsOf } from './options.ts';
import { openTunnel } from './tunnel.ts';

/** What a server shows of itself before anything is said. */
export interface Handshake {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** Who vouches for the certificate: its organisation, else its name. */
  readonly issuer: string;
  /** The last moment of the certificate, as the certificate writes it. */
  readonly ends: string;
  /** Why the certificate would be refused, as Node names it: `CERT_HAS_EXPIRED`. */
  readonly fault: string | undefined;
}

/** An address of a name. */
export interface FoundAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name, an address as it is. @throws what the system says: `ENOTFOUND`, `EAI_AGAIN`. */
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

/** Does something accept a connection at this one address? @throws what the socket throws, `ETIMEDOUT` after `ms`. */
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

/** A tunnel to `url` through the proxy that is chosen for it, and no further. @throws OneDriveError `network`. */
export async function reachThroughProxy(url: URL, options: NodeTransportOptions): Promise<void> {
  const socket = await tunnel(url, options);
  socket?.destroy();
}

/** Shakes hands with the server of an https URL, the way that requests go. @throws what the socket or the proxy says. */
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
    const late = Object.assign(new Error('the handshake did not end'), { code: 'ETIMEDOUT' });
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

/** The port of a URL, also where it is the usual one. */
export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
