/**
 * The body of a request as an async iterable of the socket's own buffers: without a copy and without a web stream. The
 * socket is paused when the reader is slow, and the iteration never ends without the client having sent the end.
 */
import type { IncomingMessage } from 'node:http';
import { lend } from '../storage/spent-chunks.ts';

/** The client closed the connection before it received the response. */
export class ClientGone extends Error {
  constructor() {
    super('The client closed the connection before the exchange was complete.');
    this.name = 'ClientGone';
  }
}

/** The socket is paused when this many bytes are buffered, and resumed when they were read. */
const waitingLimit = 1024 * 1024;

interface Inbox {
  readonly chunks: Buffer[];
  bytes: number;
  state: 'open' | 'ended' | 'broken';
  /** Resumes the pending reader. */
  wake: () => void;
}

/**
 * The bytes of a message as they arrive, to be read once. Iteration throws {@link ClientGone} if the connection breaks
 * before the end. If the reader stops early, `node:http` discards the rest.
 * @param onWanted called once, when the first bytes are read.
 */
export function requestBody(message: IncomingMessage, onWanted?: () => void): AsyncIterator<Uint8Array> {
  let inbox: Inbox | undefined;
  return {
    next: () => {
      inbox ??= openInbox(message, onWanted);
      return take(inbox, message);
    },
    return: async () => {
      if (inbox) inbox.state = 'ended';
      inbox?.chunks.splice(0);
      message.removeAllListeners('data');
      message.resume();
      return { done: true, value: undefined };
    },
  };
}

function openInbox(message: IncomingMessage, onWanted: (() => void) | undefined): Inbox {
  const state = message.readableEnded ? 'ended' : message.destroyed ? 'broken' : 'open';
  const inbox: Inbox = { chunks: [], bytes: 0, state, wake: () => {} };
  if (state !== 'open') return inbox;
  const settle = (next: 'ended' | 'broken') => {
    if (inbox.state === 'open') inbox.state = next;
    inbox.wake();
  };
  message.on('data', (chunk: Buffer) => {
    lend(chunk);
    inbox.chunks.push(chunk);
    inbox.bytes += chunk.length;
    if (inbox.bytes >= waitingLimit) message.pause();
    inbox.wake();
  });
  message.once('end', () => settle('ended'));
  message.once('close', () => settle('broken'));
  message.once('error', () => settle('broken'));
  onWanted?.();
  return inbox;
}

async function take(inbox: Inbox, message: IncomingMessage): Promise<IteratorResult<Uint8Array>> {
  for (;;) {
    const chunk = inbox.chunks.shift();
    if (chunk !== undefined) {
      inbox.bytes -= chunk.length;
      if (inbox.bytes < waitingLimit && message.isPaused()) message.resume();
      return { done: false, value: chunk };
    }
    if (inbox.state === 'ended') return { done: true, value: undefined };
    if (inbox.state === 'broken') throw new ClientGone();
    await new Promise<void>((resolve) => {
      inbox.wake = resolve;
    });
  }
}
