/**
 * Connections through a proxy: CONNECT (RFC 9110 §9.3.6), then TLS to the server inside the tunnel. Node 20 has none
 * built in. The proxy sees host and port of the server and nothing of what is said.
 */
import { isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { OneDriveError } from '../../errors/index.ts';
import type { Proxy } from './proxy-choice.ts';

export interface TunnelOptions {
  /** Milliseconds until tunnel and TLS must stand. */
  readonly timeoutMs: number;
  /** For the connection to a proxy that is spoken to over https. */
  readonly tls: ConnectionOptions;
  /** How the proxy itself is reached. */
  readonly dial: Partial<TcpSocketConnectOpts>;
}

/** Where to, as an agent says it; with the TLS options of the agent. */
interface Target {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly servername?: string | undefined;
  readonly secure: boolean;
}

/**
 * Opens a tunnel, and TLS in it where the target wants that.
 * @throws OneDriveError `network` that says whether it was the proxy, and what it answered.
 */
export async function openTunnel(proxy: Proxy, target: Target, options: TunnelOptions): Promise<Socket> {
  const place = `${target.host ?? ''}:${String(target.port ?? 443)}`;
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const raw = await connectRequest(proxy, place, options, deadline);
  if (!target.secure) return raw;
  const { connect } = await import('node:tls');
  return new Promise((resolve, reject) => {
    const { host, servername, ...rest } = target;
    const name = servername ?? host ?? '';
    // A name is sent only where it is one: RFC 6066 §3 allows no addresses.
    const socket = connect({
      ...(rest as ConnectionOptions),
      host: name,
      socket: raw,
      servername: isIP(name) ? '' : name,
    });
    const late = (): void => void socket.destroy(timedOut());
    deadline.addEventListener('abort', late, { once: true });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      deadline.removeEventListener('abort', late);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

async function connectRequest(
  proxy: Proxy,
  place: string,
  { tls, dial }: TunnelOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const { request } = proxy.secure ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    const asking = request({
      ...tls,
      ...dial,
      host: proxy.hostname,
      port: proxy.port,
      method: 'CONNECT',
      path: place,
      agent: false,
      // Else Node takes the name out of the Host header, which is the server's: any proxy that it trusts would pass.
      servername: isIP(proxy.hostname) ? '' : proxy.hostname,
      signal,
      headers: {
        host: place,
        ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
      },
    });
    asking.once('connect', (answer, socket, head) => {
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300 && head.length === 0) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refused(proxy, status));
    });
    asking.once('response', (answer) => {
      answer.resume();
      reject(refused(proxy, answer.statusCode ?? 0));
    });
    asking.once('error', (error) => reject(signal.aborted ? timedOut() : unreachable(proxy, error)));
    asking.end();
  });
}

function timedOut(): Error {
  return Object.assign(new Error('The tunnel through the proxy did not stand in time.'), {
    code: 'ECONNECTTIMEOUT',
  });
}

/** 407 is told apart: it is the one that people can do something about. */
function refused({ hostname, port }: Proxy, status: number): OneDriveError {
  const why = status === 407 ? 'it wants a name and a password (407)' : `it answered ${String(status)}`;
  return new OneDriveError(
    'network',
    `The proxy ${hostname}:${String(port)} refused the connection: ${why}.`,
    {
      hint:
        status === 407
          ? 'Put them into the address: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT. NTLM and Kerberos need a local helper such as px or cntlm.'
          : 'Ask whoever runs the proxy to allow the host, or exclude it with NO_PROXY.',
    },
  );
}

function unreachable({ hostname, port }: Proxy, cause: Error): OneDriveError {
  return new OneDriveError('network', `Cannot reach the proxy ${hostname}:${String(port)}.`, {
    cause,
    hint: 'Check HTTPS_PROXY (or network.proxy), or exclude the host with NO_PROXY.',
  });
}
