/**
 * Connections through a proxy: CONNECT (RFC 9110 §9.3.6), then TLS to the server inside the tunnel. Node 20
 * has no built-in support. The proxy sees the host and port of the server, but not the content.
 */
import { isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { OneDriveError } from '../../errors/index.ts';
import type { Proxy } from './proxy-choice.ts';

export interface TunnelOptions {
  /** Timeout in milliseconds for establishing the tunnel and TLS. */
  readonly timeoutMs: number;
  /** For the connection to a proxy over https. */
  readonly tls: ConnectionOptions;
  /** How to connect to the proxy itself. */
  readonly dial: Partial<TcpSocketConnectOpts>;
}

/** The target, as the agent passes it, with the TLS options of the agent. */
interface Target {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly servername?: string | undefined;
  readonly secure: boolean;
}

/**
 * Opens a tunnel, and TLS in it if the target uses https.
 * @throws OneDriveError `network` that states whether the proxy failed, and its response.
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
    // Only host names are sent, not addresses: RFC 6066 §3.
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
      // Otherwise Node takes the name from the Host header, which is the server's: any proxy with a
      // certificate for it would be accepted.
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
  return Object.assign(new Error('The tunnel through the proxy was not established in time.'), {
    code: 'ECONNECTTIMEOUT',
  });
}

/** 407 has its own text because the user can fix it. */
function refused({ hostname, port }: Proxy, status: number): OneDriveError {
  const why =
    status === 407
      ? 'it requires a user name and a password (407)'
      : `it responded with status ${String(status)}`;
  return new OneDriveError(
    'network',
    `The proxy ${hostname}:${String(port)} refused the connection: ${why}.`,
    {
      hint:
        status === 407
          ? 'Put them into the address: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT. NTLM and Kerberos need a local proxy such as px or cntlm.'
          : 'Ask the administrator of the proxy to allow the host, or exclude it with NO_PROXY.',
    },
  );
}

function unreachable({ hostname, port }: Proxy, cause: Error): OneDriveError {
  return new OneDriveError('network', `Cannot reach the proxy ${hostname}:${String(port)}.`, {
    cause,
    hint: 'Check HTTPS_PROXY (or network.proxy), or exclude the host with NO_PROXY.',
  });
}
