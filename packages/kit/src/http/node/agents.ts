/**
 * Connections of the Node transport: one keep-alive agent per scheme and proxy, created for the first request
 * that needs it, because loading TLS delays the start of processes that do not need it.
 */
import type { Agent, ClientRequest, ClientRequestArgs, RequestOptions } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Socket } from 'node:net';
import type * as nodeTls from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { dialing, type NodeTransportOptions, timeoutsOf } from './options.ts';
import type { Proxy } from './proxy-choice.ts';

export interface Lane {
  readonly agent: Agent;
  request(options: RequestOptions): ClientRequest;
}

export interface Agents {
  /**
   * The lane for a URL; a promise only for the first request of its kind. @throws OneDriveError `config` for
   * an invalid proxy.
   */
  lane(url: URL): Lane | Promise<Lane>;
  /** Closes every connection, including those in use. */
  destroy(): void;
}

/** Creates lanes on demand. */
export function nodeAgents(options: NodeTransportOptions): Agents {
  const lanes = new Map<string, Lane | Promise<Lane>>();
  const open = new Set<Agent>();
  const load = async (name: string, secure: boolean, proxy: Proxy | undefined): Promise<Lane> => {
    const module = secure ? await import('node:https') : await import('node:http');
    const tls = secure || proxy?.secure ? await tlsOptions(options) : {};
    const agent = new module.Agent({ ...agentOptions(options), ...tls });
    if (proxy) throughProxy(agent, secure, proxy, options, tls);
    open.add(agent);
    const lane: Lane = { agent, request: (target) => module.request({ ...target, agent }) };
    lanes.set(name, lane);
    return lane;
  };
  return {
    lane(url) {
      const proxy = options.proxy?.(url);
      const name = proxy ? `${url.protocol}${proxy.hostname}:${String(proxy.port)}` : url.protocol;
      const found = lanes.get(name) ?? load(name, url.protocol === 'https:', proxy);
      if (!lanes.has(name)) lanes.set(name, found);
      return found;
    },
    destroy() {
      for (const agent of open) agent.destroy();
    },
  };
}

type Connected = (error: Error | null, socket?: Socket) => void;

function throughProxy(
  agent: Agent,
  secure: boolean,
  proxy: Proxy,
  options: NodeTransportOptions,
  tls: ConnectionOptions,
): void {
  const create = (target: ClientRequestArgs, connected?: Connected): undefined => {
    import('./tunnel.ts')
      .then(({ openTunnel }) =>
        openTunnel(
          proxy,
          { ...target, secure },
          { timeoutMs: timeoutsOf(options).connect, tls, dial: dialing(options) },
        ),
      )
      .then(
        (socket) => connected?.(null, socket),
        (error: unknown) => connected?.(error as Error),
      );
  };
  // Node's documented way to provide connections; its types lack the callback.
  (agent as unknown as { createConnection: typeof create }).createConnection = create;
}

function agentOptions(options: NodeTransportOptions): AgentOptions {
  const { maxConnections = 32, keepAliveMs = 30_000 } = options;
  return {
    keepAlive: true,
    maxSockets: maxConnections,
    maxFreeSockets: maxConnections,
    timeout: keepAliveMs,
    scheduling: 'lifo',
    ...dialing(options),
  };
}

const contexts = new WeakMap<NodeTransportOptions, Promise<ConnectionOptions>>();

/**
 * The trust settings and client certificate for `tls.connect`. Read once per options value: parsing a hundred
 * and fifty certificate authorities takes 30 ms of CPU time, which would otherwise be spent on every
 * connection.
 */
export function tlsOptions(options: NodeTransportOptions): Promise<ConnectionOptions> {
  const made = contexts.get(options) ?? readTrust(options);
  contexts.set(options, made);
  return made;
}

async function readTrust({
  ca,
  extraCa,
  clientCertificate,
}: NodeTransportOptions): Promise<ConnectionOptions> {
  const own = extraCa === undefined ? undefined : [...(await usualAuthorities()), ...extraCa];
  const named = typeof ca === 'string' || ca instanceof Uint8Array ? [ca] : ca;
  const trusted = named?.map(pem) ?? own;
  if (trusted === undefined && clientCertificate === undefined) return {};
  const { createSecureContext } = await import('node:tls');
  return {
    secureContext: createSecureContext({ ...(trusted ? { ca: trusted } : {}), ...clientCertificate }),
  };
}

/** Setting certificate authorities replaces Node's list, so that list is included. */
async function usualAuthorities(): Promise<readonly string[]> {
  const tls: typeof nodeTls & { getCACertificates?: (type: 'default') => string[] } = await import(
    'node:tls'
  );
  return tls.getCACertificates?.('default') ?? tls.rootCertificates;
}

function pem(certificate: string | Uint8Array): string {
  return typeof certificate === 'string' ? certificate : new TextDecoder().decode(certificate);
}
