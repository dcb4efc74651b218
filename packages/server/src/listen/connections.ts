/**
 * Tracks which connections are busy, for closing a server: idle connections are closed immediately (browsers keep some open
 * in advance), busy ones after their response, and the rest when the grace period ends.
 */
import type { ServerResponse as NodeResponse, Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  readonly closing: boolean;
  /** Counts one exchange on its connection until its response was sent or the client disconnected. */
  busy(response: NodeResponse): void;
  /** Stops tracking the exchanges of a connection; it is still closed when the grace period ends. */
  release(socket: object): void;
  /** Stops accepting connections and resolves when all are closed, after at most `graceMs` milliseconds. */
  close(graceMs: number): Promise<void>;
}

/** Tracks the connections of a server that does not listen yet. */
export function trackConnections(server: Server, encrypted: boolean): Connections {
  const all = new Set<Socket>();
  /** Number of exchanges in progress on each connection that has sent HTTP. */
  const exchanges = new Map<Socket, number>();
  let closing = false;
  server.on('connection', (socket) => {
    all.add(socket);
    socket.once('close', () => all.delete(socket));
  });
  server.on(encrypted ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (closing) socket.destroy(); // Its handshake was in progress.
    exchanges.set(socket, 0);
    socket.once('close', () => exchanges.delete(socket));
  });

  // One listener for all exchanges. By then a response is detached from its socket, but its request is not.
  function settle(this: NodeResponse): void {
    const { socket } = this.req;
    const remaining = (exchanges.get(socket) ?? 1) - 1;
    if (exchanges.has(socket)) exchanges.set(socket, remaining);
    if (closing && remaining === 0) socket.destroySoon();
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

/** A server that receives its connections from another server stops immediately; the connections need not have ended. */
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
