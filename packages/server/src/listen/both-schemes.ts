/**
 * HTTP and HTTPS on one port, told apart by the first byte: a TLS handshake begins with 22, no HTTP method does. A proxy
 * needs it for python's requests before 2.29, which sends a chunked upload through a proxy without asking for a tunnel
 * first: https://github.com/psf/requests/pull/6226
 */
import { createServer, type Server, type Socket } from 'node:net';

/** The content type of a handshake record: RFC 8446, section 5.1. */
const handshake = 22;

export interface BothSchemes {
  /** The one to listen with. */
  readonly server: Server;
  /** Stops listening, and drops connections that have not said anything; the others belong to the two. */
  close(): Promise<void>;
}

/** A server that hands each connection to the one of the two that speaks its language. */
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
