/**
 * Memory of large requests, given back as soon as it is spent. Left to the garbage collector, a GiB of chunks made it mark the whole heap
 * twenty to thirty times on another thread, which took a quarter of the time of an upload (measured).
 */

/** Bytes; what is smaller is not worth the call. */
const worthwhile = 16 * 1024;

const lent = new WeakSet<Uint8Array>();

/** Nobody listens at its other end: what is transferred to it is freed at once. Node 20 has no `ArrayBuffer.prototype.transfer`. */
let nowhere: MessagePort | undefined;

/** Tells that nobody but its reader holds `chunk`, and nobody at all any memory beside it: its reader may drop it. */
export function lend(chunk: Uint8Array): void {
  if (chunk.byteLength >= worthwhile && chunk.byteLength === chunk.buffer.byteLength) lent.add(chunk);
}

/** Frees the memory of those of the chunks that were lent, each named once; they are empty afterwards. Others, also parts of lent ones, stay. */
export function drop(chunks: readonly Uint8Array[]): void {
  const spent = chunks.filter((chunk) => lent.delete(chunk)).map(({ buffer }) => buffer as ArrayBuffer);
  if (spent.length === 0) return;
  nowhere ??= closedPort();
  nowhere.postMessage(undefined, spent);
}

function closedPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}
