/**
 * Connections of the Node transport: one keep-alive agent per scheme, made when the first request of that scheme
 * comes, because loading TLS costs every start of a process that does not need it.
 *
 * The place for HTTPS_PROXY / NO_PROXY: an agent whose `createConnection` opens the CONNECT tunnel, chosen here.
 */
import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { NodeTransportOptions } from './node-options.ts';

export interface Lane {
  readonly agent: Agent;
  request(options: RequestOptions): ClientRequest;
}

export interface Agents {
  /** The lane for `http:` or `https:`; a promise only for the first request of its kind. */
  lane(protocol: string): Lane | Promise<Lane>;
  /** Closes every connection, also those in use. */
  destroy(): void;
}

/** Makes lanes on demand. */
export function nodeAgents(options: NodeTransportOptions): Agents {
  const lanes = new Map<string, Lane | Promise<Lane>>();
  const open = new Set<Agent>();
  const load = async (protocol: string): Promise<Lane> => {
    const module = protocol === 'https:' ? await import('node:https') : await import('node:http');
    const agent = new module.Agent(agentOptions(options));
    open.add(agent);
    const lane: Lane = { agent, request: (target) => module.request({ ...target, agent }) };
    lanes.set(protocol, lane);
    return lane;
  };
  return {
    lane(protocol) {
      const found = lanes.get(protocol) ?? load(protocol);
      if (!lanes.has(protocol)) lanes.set(protocol, found);
      return found;
    },
    destroy() {
      for (const agent of open) agent.destroy();
    },
  };
}

function agentOptions({ maxConnections = 32, keepAliveMs = 30_000, ca }: NodeTransportOptions): AgentOptions {
  const authorities =
    ca === undefined || typeof ca === 'string' || ca instanceof Uint8Array ? ca && [ca] : ca;
  return {
    keepAlive: true,
    maxSockets: maxConnections,
    maxFreeSockets: maxConnections,
    timeout: keepAliveMs,
    scheduling: 'lifo',
    ...(authorities ? { ca: authorities.map(pem) } : {}),
  };
}

function pem(certificate: string | Uint8Array): string {
  return typeof certificate === 'string' ? certificate : new TextDecoder().decode(certificate);
}
