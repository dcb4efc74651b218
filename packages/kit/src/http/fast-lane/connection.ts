/**
 * One connection of the fast lane: the socket reads into memory of ours, which is filled while the reader has what came
 * before, and stands still when the reader falls behind. No stream machinery between the system and the reader.
 */
import { connect, isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { type ReceiveBuffer, receiveBuffer } from './receive-buffer.ts';

/** Bytes that may wait for the reader before the socket stands still, and at which it goes on. */
const mostWaiting = 2 << 20;
const littleWaiting = 1 << 20;

/** What comes over a connection. */
export interface Connection {
  /** Writes a request head. */
  send(text: string): void;
  /** The next bytes, valid until the next call; undefined at the end. Throws what broke the connection. */
  next(): Promise<Uint8Array | undefined>;
  /** Gives back what was read too much, to be read again. */
  unread(bytes: Uint8Array): void;
  /** Milliseconds of silence that `next` bears; it throws `onSilence()` after them. */
  patience(ms: number, onSilence: () => Error): void;
  close(reason?: unknown): void;
  readonly closed: boolean;
  /** Keeps no process alive while nobody uses it. */
  rest(resting: boolean): void;
}

interface State {
  readonly received: ReceiveBuffer;
  over: { readonly error?: unknown } | undefined;
  wake: (() => void) | undefined;
  paused: boolean;
  onSilence: (() => Error) | undefined;
}

/** How to reach a host. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | undefined;
  readonly dial: Partial<TcpSocketConnectOpts>;
  /** Milliseconds until the connection, TLS included, must stand. */
  readonly timeoutMs: number;
  /** Made when that time is over. */
  readonly late: () => Error;
}

/** Opens one. Throws what the socket throws. */
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

/** @returns false to stand still: enough waits for the reader. */
function arrived(state: State, count: number): boolean {
  const { received, wake } = state;
  received.filled(count);
  // Not before all that is there now has arrived: a TLS socket tells of each 16 KiB by itself.
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

/** The reader has caught up: the socket may go on. */
function goOn(state: State, socket: Socket): void {
  if (!state.paused || state.received.waiting > littleWaiting) return;
  state.paused = false;
  socket.resume();
}
