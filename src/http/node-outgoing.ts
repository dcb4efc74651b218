/** Sends a request body over Node's ClientRequest: as fast as the socket takes it, no faster, and stoppable. */
import type { ClientRequest } from 'node:http';
import { outgoing } from './outgoing.ts';
import type { HttpBody } from './transport.ts';

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
  if (!body) {
    request.end();
    return { waitingForSource: () => false, stop: () => undefined };
  }
  const pump = async () => {
    const chunks = outgoing(body);
    for (;;) {
      fromSource = true;
      const step = await chunks.next();
      fromSource = false;
      if (step.done) return void request.end();
      if (stopped || request.destroyed) return void chunks.return();
      await written(request, step.value);
    }
  };
  pump().catch(onFailure);
  return { waitingForSource: () => fromSource, stop: () => (stopped = true) };
}

/**
 * Waits until the system has taken the chunk, whose memory is the source's again afterwards, or the request is gone
 * (whose error is told elsewhere). The callback comes in both cases.
 */
function written(request: ClientRequest, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => request.write(chunk, () => resolve()));
}
