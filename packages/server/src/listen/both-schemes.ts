/**
 * HTTP and HTTPS on one port, distinguished by the first byte: a TLS handshake begins with 22, which no HTTP method does. A
 * proxy needs this for python's requests before 2.29, which sends a chunked upload through a proxy without opening a tunnel:
 * https://github.com/psf/requests/pull/6226
 */
import { createServer, type Server, type Socket } from 'node:net';

/** The content type of a handshake record: RFC 8446, section 5.1. */
const handshake = 22;

export interface BothSchemes {
  /** The server that listens. */
  readonly server: Server;
  /** Stops listening, and closes connections that have sent nothing; all others belong to the HTTP and HTTPS servers. */
  close(): Promise<void>;
}

/** Creates a server that passes each connection to the HTTP or the HTTPS server. */
export function bothSchemes(plain: Server, encrypted: Server): BothSchemes {
  const silent = new Set<Socket>();
  const server = createServer((socket: Socket) => {
    const drop = (): void => void socket.destroy();
    const forget = (): void => void silent.delete(socket);
    silent.add(socket);
    socket.on('error', drop).on('close', forget);
    socket.once('data', (first: Buffer) => {
      socket.pause();
      forget();
      socket.off('error', drop).off('close', forget);
      socket.unshift(first);
      (first[0] === handshake ? encrypted : plain).emit('connection', socket);
      if (first[0] !== handshake) socket.resume();
    });
  });
  const close = (): Promise<void> => {
    for (const socket of silent) socket.destroy();
    return new Promise((resolve) => void server.close(() => resolve()));
  };
  return { server, close };
}
