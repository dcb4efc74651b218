/**
 * Which connections are at work, so that closing a server means: idle ones go at once (browsers keep some open ahead of
 * time), busy ones after their answer, and whatever is left when the grace is over is cut.
 */
import type { ServerResponse as NodeResponse, Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  readonly closing: boolean;
  /** Counts one exchange on its connection until its answer has gone out or the client has. */
  busy(response: NodeResponse): void;
  /** Leaves the exchanges on a connection to somebody else; it is still cut when the grace is over. */
  release(socket: object): void;
  /** Stops accepting and resolves when every connection is gone, `graceMs` milliseconds later at most. */
  close(graceMs: number): Promise<void>;
}

/** Watches the connections of a server that has not started to listen yet. */
export function trackConnections(server: Server, encrypted: boolean): Connections {
  const all = new Set<Socket>();
  /** Exchanges under way on each connection that has got as far as HTTP. */
  const exchanges = new Map<Socket, number>();
  let closing = false;
  server.on('connection', (socket) => {
    all.add(socket);
    socket.once('close', () => all.delete(socket));
  });
  server.on(encrypted ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (closing) socket.destroy(); // its handshake was under way
    exchanges.set(socket, 0);
    socket.once('close', () => exchanges.delete(socket));
  });

  // Shared by all exchanges: a response has let go of its socket by then, its request has not.
  function settle(this: NodeResponse): void {
    const { socket } = this.req;
    const left = (exchanges.get(socket) ?? 1) - 1;
    if (exchanges.has(socket)) exchanges.set(socket, left);
    if (closing && left === 0) socket.destroySoon();
  }
  return {
    get closing() {
      return closing;
    },
    busy(response) {
      const { socket } = response;
      if (!socket) return;
      exchanges.set(socket, (exchanges.get(socket) ?? 0) + 1);
      response.on('close', settle);
    },
    release(socket) {
      exchanges.delete(socket as Socket);
    },
    close(graceMs) {
      closing = true;
      for (const [socket, count] of exchanges) if (count === 0) socket.destroy();
      return ended(server, all, graceMs);
    },
  };
}

/** A server that was handed its connections by another one stops at once; they need not have ended then. */
function ended(server: Server, all: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      for (const socket of all) socket.destroy();
    }, graceMs);
    let stopped = false;
    const check = () => {
      if (!stopped || all.size > 0) return;
      clearTimeout(cut);
      resolve();
    };
    for (const socket of all) socket.once('close', check);
    server.close(() => {
      stopped = true;
      check();
    });
  });
}
