/**
 * The outermost handler: it responds only after all changes are stored. If a deletion fails on a full disk, it is retried
 * with the space that the storage reserves for this.
 */

import { announceChanges } from '../notifications/announce-changes.ts';
import { errorAnswer } from './answers.ts';
import { idsOf } from './common-headers.ts';
import { type Handler, requestWith, type ServerRequest, type ServerResponse, wholeText } from './http.ts';
import { storageRefusal } from './storage-refusal.ts';
import type { World } from './world.ts';

export function answerKept(core: Handler, world: World): Handler {
  return async (request) => {
    const recorded = isBatch(request) ? recording(request) : { request, text: () => '' };
    const answer = await attempt(core, world, recorded.request);
    const text = recorded.text();
    const isDeletion = deletes(request) || text.includes('"DELETE"');
    if (!isDeletion || !isFull(answer) || world.storage.makeRoom?.() !== true) return answer;
    return attempt(core, world, text === '' ? request : requestWith(request, { body: once(text) }));
  };
}

async function attempt(core: Handler, world: World, request: ServerRequest): Promise<ServerResponse> {
  try {
    try {
      return await core(request);
    } finally {
      const outstanding = world.storage.settled();
      if (outstanding !== undefined) await outstanding;
      announceChanges(world);
    }
  } catch (error) {
    const refusal = storageRefusal(error);
    if (refusal === undefined) throw error;
    return errorAnswer(refusal, idsOf(request, world));
  }
}

const isBatch = ({ method, url }: ServerRequest): boolean =>
  method === 'POST' && url.pathname.endsWith('/$batch');

function deletes({ method, url }: ServerRequest): boolean {
  return method === 'DELETE' || (method === 'POST' && /\/permanentDelete$/i.test(url.pathname));
}

/** Whether the response is 507; also true for a batch response with such a member. */
function isFull({ status, body }: ServerResponse): boolean {
  return (status === 507 || status === 200) && wholeText(body)?.includes('localDiskFull') === true;
}

/** A request whose body is buffered as it is read, so that it can be sent again. */
function recording(request: ServerRequest) {
  const chunks: Uint8Array[] = [];
  async function* remembered(): AsyncGenerator<Uint8Array> {
    for await (const chunk of request.body) {
      chunks.push(chunk.slice());
      yield chunk;
    }
  }
  return {
    request: requestWith(request, { body: remembered() }),
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
