/**
 * A listener that is an HTTPS proxy too: `CONNECT graph.microsoft.com:443` ends in this process, behind a certificate
 * for that name, and everything else is refused. Nothing is ever connected to, so nothing leaves the machine.
 */
import type { IncomingMessage, ServerResponse as NodeResponse, Server, ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext } from 'node:tls';
import { type Connections, trackConnections } from '../connections.ts';
import type { Channels } from '../socket-channel.ts';

/** Whose host names are answered here, and with which certificates. */
export interface InterceptOptions {
  /** Which host names (lower case, no port) this server answers as. */
  readonly answersFor: (host: string) => boolean;
  /** PEM texts for a name that it answers for. */
  readonly certificateFor: (host: string) => Promise<{ readonly key: string; readonly cert: string }>;
  /** Told of every target that was refused, as the client wrote it. */
  readonly onRefused?: (target: string) => void;
}

/** Answers a request that came through a tunnel. */
type Answer = (message: IncomingMessage, response: NodeResponse, expectsContinue: boolean) => void;

/** The HTTP inside the tunnels. */
export interface TunnelEnd {
  readonly limits: ServerOptions;
  readonly answer: (inner: Connections) => Answer;
  readonly channels: Channels | undefined;
  /** The certificate that a connection gets: see {@link namedCertificates}. */
  readonly SNICallback: CertificateOf;
}

/** What `node:tls` asks which certificate a name has; none is that of the server itself. */
export type CertificateOf = (
  name: string,
  done: (error: Error | null, context?: SecureContext) => void,
) => void;

/** Certificates for the names that are answered for, each made once. Other names are left to `others`. */
export function namedCertificates(
  { answersFor, certificateFor }: InterceptOptions,
  others: 'refuse' | 'own',
): CertificateOf {
  const contexts = new Map<string, Promise<SecureContext>>();
  const contextFor = (host: string): Promise<SecureContext> => {
    const known = contexts.get(host) ?? certificateFor(host).then((pem) => createSecureContext(pem));
    if (contexts.size >= 500) contexts.clear();
    contexts.set(host, known);
    return known;
  };
  return (name, done) => {
    const host = name.toLowerCase();
    if (answersFor(host))
      contextFor(host).then(
        (context) => done(null, context),
        (error: unknown) => done(error as Error),
      );
    else if (others === 'own') done(null);
    else done(new Error(`This server does not answer as ${host}.`));
  };
}

/** What is inside the tunnels: a server that listens nowhere, and its connections. */
export interface Tunnels {
  readonly server: TlsServer;
  readonly connections: Connections;
}

/** Adds tunnels to a server. The connections inside are counted by what is returned; those outside stay with `outer`. */
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

/** May a request in absolute form (`GET http://host/…`) be answered here? Origin form always may. */
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

/** Only the port of HTTPS: whatever else a client wants there, it is not this. */
function isTunnel(target: string, answersFor: (host: string) => boolean): boolean {
  const [, host, port] = /^([^:/@]+):(\d+)$/.exec(target) ?? [];
  return host !== undefined && port === '443' && answersFor(host.toLowerCase());
}

const refusal =
  "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis proxy answers for Microsoft's file services only.\n";
