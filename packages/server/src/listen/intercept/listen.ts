/**
 * A listener that is also an HTTPS proxy: the tunnel of `CONNECT graph.microsoft.com:443` ends in this process, with a
 * certificate for that name, and all other targets are refused. The proxy opens no connections, so no data leaves the
 * machine.
 */
import type { IncomingMessage, ServerResponse as NodeResponse, Server, ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext } from 'node:tls';
import { type Connections, trackConnections } from '../connections.ts';
import type { Channels } from '../socket-channel.ts';

/** The intercepted host names and their certificates. */
export interface InterceptOptions {
  /** Whether this server serves a host name (lower case, no port). */
  readonly answersFor: (host: string) => boolean;
  /** Key and certificate in PEM format for an intercepted name. */
  readonly certificateFor: (host: string) => Promise<{ readonly key: string; readonly cert: string }>;
  /** Called with every target that was refused, as sent by the client. */
  readonly onRefused?: (target: string) => void;
}

/** Handles a request that came through a tunnel. */
type Answer = (message: IncomingMessage, response: NodeResponse, expectsContinue: boolean) => void;

/** The HTTP server inside the tunnels. */
export interface TunnelEnd {
  readonly limits: ServerOptions;
  readonly answer: (inner: Connections) => Answer;
  readonly channels: Channels | undefined;
  /** The certificate of a connection: see {@link namedCertificates}. */
  readonly SNICallback: CertificateOf;
}

/** The SNI callback of `node:tls`; without a certificate the server's own is used. */
export type CertificateOf = (
  name: string,
  done: (error: Error | null, context?: SecureContext) => void,
) => void;

/** Certificates for intercepted names, each created once. Other names are passed to `others`. */
export function namedCertificates(
  { answersFor, certificateFor }: InterceptOptions,
  others: 'refuse' | 'own',
): CertificateOf {
  const contexts = new Map<string, Promise<SecureContext>>();
  const contextFor = (host: string): Promise<SecureContext> => {
    const secureContext = contexts.get(host) ?? certificateFor(host).then((pem) => createSecureContext(pem));
    if (contexts.size >= 500) contexts.clear();
    contexts.set(host, secureContext);
    return secureContext;
  };
  return (name, done) => {
    const host = name.toLowerCase();
    if (answersFor(host))
      contextFor(host).then(
        (context) => done(null, context),
        (error: unknown) => done(error as Error),
      );
    else if (others === 'own') done(null);
    else done(new Error(`This server does not serve ${host}.`));
  };
}

/** The HTTP server inside the tunnels, which does not listen itself, and its connections. */
export interface Tunnels {
  readonly server: TlsServer;
  readonly connections: Connections;
}

/**
 * Adds tunnels to a server. The returned value counts the connections inside the tunnels; connections outside stay with
 * `outer`.
 */
export function acceptTunnels(
  server: Server,
  outer: Connections,
  { answersFor, onRefused }: InterceptOptions,
  { limits, answer, channels, SNICallback }: TunnelEnd,
): Tunnels {
  const inside = createTlsServer({ ...limits, SNICallback });
  const inner = trackConnections(inside, true);
  const respond = answer(inner);
  inside.on('request', (message, response) => respond(message, response, false));
  inside.on('checkContinue', (message: IncomingMessage, response: NodeResponse) =>
    respond(message, response, true),
  );
  channels?.accept(inside);
  inside.on('tlsClientError', (_, socket) => socket.destroy());
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    client.on('error', () => client.destroy());
    if (!isTunnel(target, answersFor)) {
      onRefused?.(target);
      client.end(refusal);
      return;
    }
    outer.release(client);
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) client.unshift(head);
    inside.emit('connection', client);
  });
  return { server: inside, connections: inner };
}

/** Whether a request in absolute form (`GET http://host/…`) may be handled here. Requests in origin form always may. */
export function mayAnswer(message: IncomingMessage, options: InterceptOptions): boolean {
  const target = message.url ?? '/';
  const host = /^https?:\/\/([^/?#]*)/i.exec(target)?.[1]?.toLowerCase();
  if (host === undefined) return true;
  const { localAddress = '', localPort = 0 } = message.socket;
  const own = [`${localAddress}:${localPort}`, `[${localAddress}]:${localPort}`, `localhost:${localPort}`];
  const allowed = options.answersFor(host.replace(/:80$/, '')) || own.includes(host);
  if (!allowed) options.onRefused?.(target);
  return allowed;
}

/** Only the port of HTTPS; requests for other ports are refused. */
function isTunnel(target: string, answersFor: (host: string) => boolean): boolean {
  const [, host, port] = /^([^:/@]+):(\d+)$/.exec(target) ?? [];
  return host !== undefined && port === '443' && answersFor(host.toLowerCase());
}

const refusal =
  "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis proxy serves only host names of Microsoft's file services.\n";
