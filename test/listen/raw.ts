/** Raw HTTP: sends and receives bytes on a socket, for requests that no client library sends. */
import { connect, type Socket } from 'node:net';

export interface Raw {
  readonly socket: Socket;
  send(text: string | Uint8Array): void;
  /** Everything received so far, once it matches; fails if the connection closes before. */
  until(pattern: RegExp): Promise<string>;
  /** Everything, once the server has closed the connection. */
  end(): Promise<string>;
}

/** Connects to a loopback port. */
export async function raw(port: number): Promise<Raw> {
  const socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  let closed = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1');
    wake();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
    wake();
  });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const when = (done: () => boolean) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (!done() && !closed) return;
        waiting.delete(look);
        if (done()) resolve(received);
        else reject(new Error(`The connection closed after: ${received}`));
      };
      waiting.add(look);
      look();
    });
  return {
    socket,
    send: (text) => void socket.write(text),
    until: (pattern) => when(() => pattern.test(received)),
    end: () => when(() => closed),
  };
}
