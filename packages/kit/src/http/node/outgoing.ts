/** Sends a request body over Node's ClientRequest: as fast as the socket takes it, no faster, and stoppable. */
import type { ClientRequest } from 'node:http';
import { outgoing } from '../outgoing.ts';
import type { HttpBody } from '../transport.ts';

export interface Upload {
  /** True while it is the source that keeps the connection waiting: then silence is no fault of the server. */
  waitingForSource(): boolean;
  /** Sends no more: the server has answered already and does not want the rest. */
  stop(): void;
}

/**
 * Starts sending `body` and ends the request after it; without a body ends it at once.
 * @param onFailure gets what the source threw.
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
  /** Until the system has taken the chunk, whose memory is the source's again afterwards, or the rest is not wanted. */
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
