/**
 * Serves a server function on a port. Plain `node:http(s)`, without a framework and without stream conversion, because each
 * costs half of the throughput of a large file. Listens on loopback only, unless a host is given.
 */
import {
  createServer,
  type IncomingMessage,
  type ServerResponse as NodeResponse,
  type Server,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Handler, ServerResponse } from '../core/http.ts';
import { type HostRules, hostRules } from '../guard/host-names.ts';
import { ConnectionBroken } from '../testing/faults/broken-bodies.ts';
import { type BothSchemes, bothSchemes } from './both-schemes.ts';
import { type Connections, trackConnections } from './connections.ts';
import { endOfTurn } from './end-of-turn.ts';
import { type HostRefusal, readIncoming } from './incoming.ts';
import {
  acceptTunnels,
  type InterceptOptions,
  mayAnswer,
  namedCertificates,
  type Tunnels,
} from './intercept/listen.ts';
import { machineNames } from './machine-names.ts';
import { isShort, writeOutgoing } from './outgoing.ts';
import { type ChannelWorld, openChannels } from './socket-channel.ts';

/** Receives the error of a response that broke off, and the request without its query, which may contain secrets. */
export type BrokenResponse = (
  error: unknown,
  request: { readonly method: string; readonly path: string },
) => void;

/** Address and options of a listener. */
export interface ListenOptions {
  /** Called when a response broke off after it had begun, for instance because the disk failed. */
  readonly onBrokenResponse?: BrokenResponse;
  /** Default: 0, a free port. */
  readonly port?: number;
  /** An address or name of this machine. Default: `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string;
  /**
   * Further names that requests may use in their Host header. Default: the loopback names and, with another `host`, the name
   * and the addresses of this machine. Requests with other names are refused with 421, because a web page can point its own
   * host name at this machine.
   */
  readonly allowHosts?: readonly string[];
  /** Key and certificate in PEM format; with them the server uses HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Makes the listener an HTTPS proxy as well, which serves some hosts and refuses all others. */
  readonly intercept?: InterceptOptions;
  /** Serves the socket.io channel of changes. */
  readonly channels?: ChannelWorld;
  /** Closes the server when aborted. */
  readonly signal?: AbortSignal;
  /**
   * How long `close()` waits for responses in progress before it closes their connections, in milliseconds. Default: 5000.
   */
  readonly graceMs?: number;
}

/** A server that listens on a port. */
export interface Listening {
  /** For example `http://127.0.0.1:8080`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Stops accepting connections, waits for responses in progress, and closes the remaining connections after the grace
   * period. Can be called more than once.
   */
  close(): Promise<void>;
}

const limits = {
  /** Graph tokens and pre-authenticated URLs are long: twice Node's default. */
  maxHeaderSize: 32 * 1024,
  headersTimeout: 60_000,
  /** No timeout, because a large upload can take any time. */
  requestTimeout: 0,
  keepAliveTimeout: 75_000,
} as const;

/**
 * Listens for requests and handles them with `handler`.
 * @throws the error of `node:net` (`EADDRINUSE`, `EACCES`, …) if the port is not available; `signal.reason` when aborted.
 */
export async function listen(handler: Handler, options: ListenOptions = {}): Promise<Listening> {
  options.signal?.throwIfAborted();
  const host = options.host ?? '127.0.0.1';
  const { intercept, allowHosts } = options;
  const hosts = hostRules({ host, allowHosts, machineNames, answersFor: intercept?.answersFor });
  const exchange = { intercept, hosts, onBroken: options.onBrokenResponse };
  // Programs without proxy support reach the names of the cloud through a hosts file.
  const named = intercept && { SNICallback: namedCertificates(intercept, 'own') };
  const server: Server = options.tls
    ? createTlsServer({ ...limits, ...options.tls, ...named })
    : createServer(limits);
  const connections = trackConnections(server, options.tls !== undefined);
  const answerOn =
    (on: Connections) => (message: IncomingMessage, response: NodeResponse, expectsContinue: boolean) =>
      void respond(handler, { message, response, expectsContinue, connections: on, ...exchange });
  const answer = answerOn(connections);
  const channels = options.channels && openChannels(options.channels, hosts);
  channels?.accept(server);
  const inside = { limits, answer: answerOn, channels };
  const tunnels =
    intercept &&
    acceptTunnels(server, connections, intercept, {
      ...inside,
      SNICallback: namedCertificates(intercept, 'refuse'),
    });
  server.on('request', (message, response) => answer(message, response, false));
  server.on('checkContinue', (message: IncomingMessage, response: NodeResponse) =>
    answer(message, response, true),
  );
  const front =
    tunnels && !options.tls ? await createDualServer(server, tunnels, intercept, reachable(host)) : undefined;
  await bind(front?.server ?? server, options.port ?? 0, host);
  const { port } = (front?.server ?? server).address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const grace = options.graceMs ?? 5000;
  const close = () =>
    (closed ??= Promise.all([
      channels?.close(),
      connections.close(grace),
      tunnels?.connections.close(grace),
      front?.close(),
    ]).then(() => undefined));
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  return { url: `${options.tls ? 'https' : 'http'}://${reachable(host)}:${port}`, port, close };
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly response: NodeResponse;
  readonly expectsContinue: boolean;
  readonly connections: Connections;
  readonly intercept: InterceptOptions | undefined;
  readonly hosts: HostRules;
  readonly onBroken: BrokenResponse | undefined;
}

async function respond(
  handler: Handler,
  { message, response, expectsContinue, connections, intercept, hosts, onBroken }: Exchange,
): Promise<void> {
  connections.busy(response);
  response.on('error', ignore); // The connection broke; the rest is done on `close`.
  // Without `100 Continue`, `node:http` closes the connection after the response, because the body may or may not follow.
  const onBodyWanted = () => {
    if (expectsContinue && !response.headersSent) response.writeContinue();
  };
  try {
    const refused = intercept !== undefined && !mayAnswer(message, intercept);
    // The port of a proxy accepts HTTP and HTTPS: see bothOn.
    const incoming = { onBodyWanted, alsoEncrypted: intercept !== undefined, hosts };
    const request = refused ? undefined : readIncoming(message, response, incoming);
    const answer =
      request === undefined
        ? notOurs
        : typeof request === 'string'
          ? refusals[request]
          : await handler(request);
    if (isShort(answer)) await endOfTurn();
    if (response.destroyed) return;
    if (connections.closing) response.shouldKeepAlive = false;
    await writeOutgoing(answer, response, message.method ?? 'GET');
  } catch (error) {
    if (response.headersSent) reportBroken(error, message, onBroken);
    if (response.headersSent || response.destroyed) return; // writeOutgoing has closed the connection.
    if (error instanceof ConnectionBroken) response.destroy();
    else await writeOutgoing(failure, response, message.method ?? 'GET').catch(() => response.destroy());
  }
}

/** Reports a response that broke off, other than by a fault that the user has set. The query may contain secrets. */
function reportBroken(
  error: unknown,
  { method = 'GET', url = '/' }: IncomingMessage,
  onBroken: Exchange['onBroken'],
): void {
  if (!(error instanceof ConnectionBroken)) onBroken?.(error, { method, path: url.split('?')[0] ?? '/' });
}

/** The response to a request with an unknown host name. */
const misdirected =
  'This server does not accept the host name of the request. If the name is yours, start the server with --allow-host NAME (allowHosts in code).';

const ignore = (): void => {};

const plain = (status: number, code: string, message: string) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ error: { code, message } }),
});
const refusals: Readonly<Record<HostRefusal, ServerResponse>> = {
  'bad-request': plain(
    400,
    'BadRequest',
    'The request target or the Host header is not a URL, or there are two.',
  ),
  misdirected: plain(421, 'misdirectedRequest', misdirected),
};
const notOurs = plain(403, 'accessDenied', "This proxy serves only host names of Microsoft's file services.");
const failure = plain(500, 'generalException', 'The server failed during this request.');

/** The port of a proxy accepts HTTPS too: a client without a tunnel gets the certificate of the port's own name. */
async function createDualServer(
  plain: Server,
  { server }: Tunnels,
  { certificateFor }: InterceptOptions,
  name: string,
): Promise<BothSchemes> {
  server.setSecureContext(await certificateFor(name.replace(/^\[|\]$/g, '')));
  return bothSchemes(plain, server);
}

function bind(server: NetServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A wildcard address cannot be used in a URL. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
