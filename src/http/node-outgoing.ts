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
    const writable = writableAgain(request);
    for (;;) {
      fromSource = true;
      const step = await chunks.next();
      fromSource = false;
      if (step.done) return void request.end();
      if (stopped || request.destroyed) return void chunks.return();
      if (!request.write(step.value)) await writable();
    }
  };
  pump().catch(onFailure);
  return { waitingForSource: () => fromSource, stop: () => (stopped = true) };
}

/** Waits until the socket takes more, or is gone. */
function writableAgain(request: ClientRequest): () => Promise<void> {
  let wake: (() => void) | undefined;
  const notify = () => wake?.();
  request.on('drain', notify);
  request.on('close', notify);
  return () => (request.destroyed ? Promise.resolve() : new Promise((resolve) => (wake = resolve)));
}
