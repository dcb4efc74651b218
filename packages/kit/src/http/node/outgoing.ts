/** Sends a request body over Node's ClientRequest: as fast as the socket accepts it, and stoppable. */
import type { ClientRequest } from 'node:http';
import { outgoing } from '../outgoing.ts';
import type { HttpBody } from '../transport.ts';

export interface Upload {
  /** True while the source makes the connection wait: then silence is not the server's fault. */
  waitingForSource(): boolean;
  /** Stops sending: the server has already responded and does not need the rest. */
  stop(): void;
}

/**
 * Starts sending `body` and then ends the request; without a body, ends it at once.
 * @param onFailure called with an error of the source.
 */
export function sendBody(
  request: ClientRequest,
  body: HttpBody | undefined,
  onFailure: (error: unknown) => void,
): Upload {
  let stopped = false;
  let fromSource = false;
  let wake = () => {};
  const stop = () => {
    stopped = true;
    wake();
  };
  /**
   * Resolves when the system has taken the chunk, so that the source may reuse its memory, or when the rest
   * is not needed.
   */
  const write = (chunk: Uint8Array) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      request.write(chunk, () => resolve());
    });
  const pump = async (chunks: AsyncGenerator<Uint8Array, void, undefined>) => {
    for (;;) {
      fromSource = true;
      const step = await chunks.next();
      fromSource = false;
      if (stopped) return void chunks.return();
      if (step.done) return void request.end();
      await write(step.value);
    }
  };
  if (body) {
    request.once('close', stop);
    pump(outgoing(body)).catch(onFailure);
  } else request.end();
  return { waitingForSource: () => fromSource, stop };
}
