/**
 * The body of a request as an async iterable of the very buffers that the socket filled: no copy and no web stream in
 * between, a pause when the reader falls behind, and never an end that the client did not send.
 */
import type { IncomingMessage } from 'node:http';
import { lend } from '../storage/spent-chunks.ts';

/** The client closed the connection before its request was answered. */
export class ClientGone extends Error {
  constructor() {
    super('The client closed the connection before the exchange was complete.');
    this.name = 'ClientGone';
  }
}

/** Pause the socket when this many bytes wait to be read, go on when they have been taken. */
const waitingLimit = 1024 * 1024;

interface Inbox {
  readonly chunks: Buffer[];
  bytes: number;
  state: 'open' | 'ended' | 'broken';
  /** Resumes the reader that waits. */
  wake: () => void;
}

/**
 * The bytes of a message as they come, to be read once. Iteration throws {@link ClientGone} when the connection breaks
 * before the end. Leaving early lets `node:http` drop the rest.
 * @param onWanted called once, when the first bytes are asked for.
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
