/**
 * One connection of the fast lane. The socket reads into memory of this module: it is filled while the reader
 * processes earlier bytes, and the socket pauses when the reader falls behind. No Node stream stands between
 * socket and reader.
 */
import { connect, isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { type ReceiveBuffer, receiveBuffer } from './receive-buffer.ts';

/** Bytes waiting for the reader at which the socket pauses, and at which it resumes. */
const mostWaiting = 2 << 20;
const littleWaiting = 1 << 20;

/** A connection to one host. */
export interface Connection {
  /** Writes a request head. */
  send(text: string): void;
  /**
   * Returns the next bytes, valid until the next call; undefined at the end. Throws the error that broke the
   * connection.
   */
  next(): Promise<Uint8Array | undefined>;
  /** Gives back bytes that the reader does not need, so that they are read again. */
  unread(bytes: Uint8Array): void;
  /** Timeout in milliseconds of each `next`, which then throws `onSilence()`. */
  patience(ms: number, onSilence: () => Error): void;
  close(reason?: unknown): void;
  readonly closed: boolean;
  /** Does not keep the process alive while it is idle. */
  rest(resting: boolean): void;
}

interface State {
  readonly received: ReceiveBuffer;
  over: { readonly error?: unknown } | undefined;
  wake: (() => void) | undefined;
  paused: boolean;
  onSilence: (() => Error) | undefined;
}

/** How to connect to a host. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | undefined;
  readonly dial: Partial<TcpSocketConnectOpts>;
  /** Timeout of the connection in milliseconds, including TLS. */
  readonly timeoutMs: number;
  /** Creates the error for that timeout. */
  readonly late: () => Error;
}

/** Opens a connection. Throws the socket's error. */
export function openConnection(address: Address): Promise<Connection> {
  const state: State = {
    ...{ received: receiveBuffer(), over: undefined, wake: undefined, paused: false, onSilence: undefined },
  };
  return new Promise((resolve, reject) => {
    const socket = openSocket(address, {
      buffer: () => state.received.room(),
      callback: (count) => arrived(state, count),
    });
    const timer = setTimeout(() => socket.destroy(address.late()), address.timeoutMs);
    const end = (how: { readonly error?: unknown }) => {
      clearTimeout(timer);
      state.over ??= how;
      state.wake?.();
    };
    socket.setNoDelay(true);
    socket.on('error', (error) => {
      end({ error });
      reject(error);
    });
    socket.on('end', () => end({}));
    socket.on('close', () => end({}));
    socket.on('timeout', () => {
      if (!state.paused && state.onSilence !== undefined) socket.destroy(state.onSilence());
    });
    socket.once(address.tls === undefined ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer);
      resolve(connectionOf(state, socket));
    });
  });
}

interface OnRead {
  readonly buffer: () => Uint8Array;
  readonly callback: (count: number) => boolean;
}

function openSocket({ host, port, tls, dial }: Address, onread: OnRead): Socket {
  const where = { ...dial, host, port, onread };
  if (tls === undefined) return connect(where);
  return connectTls({
    ...where,
    ...tls,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  } as ConnectionOptions);
}

/** @returns false if the socket must pause because enough bytes are waiting. */
function arrived(state: State, count: number): boolean {
  const { received, wake } = state;
  received.filled(count);
  // Wait until everything available has arrived: a TLS socket emits 16 KiB at a time.
  if (wake !== undefined) setImmediate(wake);
  state.paused = received.waiting >= mostWaiting;
  return !state.paused;
}

function connectionOf(state: State, socket: Socket): Connection {
  return {
    get closed() {
      return state.over !== undefined || socket.destroyed;
    },
    send: (text) => void socket.write(text, 'latin1'),
    async next() {
      for (;;) {
        const bytes = state.received.take();
        goOn(state, socket);
        if (bytes !== undefined) return bytes;
        if (state.over !== undefined) {
          if ('error' in state.over) throw state.over.error;
          return undefined;
        }
        await new Promise<void>((resolve) => (state.wake = resolve));
        state.wake = undefined;
      }
    },
    unread: (bytes) => state.received.giveBack(bytes.byteLength),
    patience(ms, onSilence) {
      state.onSilence = onSilence;
      socket.setTimeout(ms);
    },
    close(reason) {
      state.over ??= reason === undefined ? {} : { error: reason };
      socket.destroy();
      state.wake?.();
    },
    rest: (resting) => {
      if (resting) socket.unref();
      else socket.ref();
    },
  };
}

/** Resumes the socket when the reader has caught up. */
function goOn(state: State, socket: Socket): void {
  if (!state.paused || state.received.waiting > littleWaiting) return;
  state.paused = false;
  socket.resume();
}
