/**
 * What a process may send: nothing once it is dead, no byte that the service was known to have, and after a break no
 * more of a session than the fragment that was in flight.
 */
import type { Transport } from '../../packages/kit/src/http/transport.ts';
import { CrashError } from '../../packages/kit/src/platform/memory/faulty-file-system.ts';

/** What went to upload sessions, by their path, in all processes of a schedule. */
export type SentSoFar = Map<string, SentToSession>;

interface SentToSession {
  /** The first byte of the fragment sent last. */
  readonly start: number;
  /** What the service said last that it has, if it said so after that fragment. */
  readonly known: number | undefined;
}

/** A dead process sends nothing; a live one sends nothing that was reported as present. */
export function watched(inner: Transport, dead: () => Promise<boolean>, sent: SentSoFar): Transport {
  return async (request) => {
    if (await dead()) throw new CrashError();
    const { pathname } = new URL(request.url);
    const range = /^bytes (\d+)-/.exec(request.headers['content-range'] ?? '');
    const start = range === null ? undefined : Number(range[1]);
    if (start !== undefined) {
      const before = sent.get(pathname);
      const known = before?.known;
      if (known !== undefined && start < known)
        throw new Error(`Sent byte ${start} again: the service had said that it has ${known}.`);
      if (before !== undefined && known === undefined && start < before.start)
        throw new Error(`Sent byte ${start} again: only what came from ${before.start} on was in flight.`);
      sent.set(pathname, { start, known: undefined });
    }
    const response = await inner(request);
    if (!pathname.startsWith('/_upload/') || response.status >= 300) return response;
    const chunks: Uint8Array[] = [];
    // Read here, so that the recorded response is the one that the client gets; a broken connection is passed on at the same place.
    let broken: { readonly error: unknown } | undefined;
    try {
      for await (const chunk of response.body) chunks.push(chunk.slice());
    } catch (error) {
      broken = { error };
    }
    if (broken === undefined) remember(sent, pathname, chunks);
    async function* again() {
      yield* chunks;
      if (broken !== undefined) throw broken.error;
    }
    return { ...response, body: again() };
  };
}

function remember(sent: SentSoFar, pathname: string, chunks: readonly Uint8Array[]): void {
  const said = /"nextExpectedRanges":\["(\d+)/.exec(Buffer.concat(chunks).toString());
  if (said !== null) sent.set(pathname, { start: 0, ...sent.get(pathname), known: Number(said[1]) });
}
