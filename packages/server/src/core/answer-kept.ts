/**
 * The handler, which answers once everything is kept. On a full disk a deletion is tried again with the space that the
 * storage holds back for that.
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

/** Also an answer to a batch of which one member did not fit. */
function isFull({ status, body }: ServerResponse): boolean {
  return (status === 507 || status === 200) && wholeText(body)?.includes('localDiskFull') === true;
}

/** A request whose body is remembered as it is read. */
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
