/** Several requests in one: https://learn.microsoft.com/graph/json-batching */

import type { GraphContext, GraphRoute } from '../../files/drives/drive-route.ts';
import type { Json } from '../../files/items/item-json.ts';
import { ConnectionBroken } from '../../testing/faults/broken-bodies.ts';
import { json } from '../answers.ts';
import { base64 } from '../base-encodings.ts';
import { readEntity } from '../body.ts';
import type { ServerRequest, ServerResponse } from '../http.ts';
import { joinBytes } from '../join-bytes.ts';
import { type BatchMember, readBatch } from './batch.ts';

export const batchRoutes: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: '$batch',
    writes: false,
    access: 'any',
    source: 'https://learn.microsoft.com/graph/json-batching',
    handle: batch,
  },
];

/** Members run one after the other, in their order in the request, which satisfies every `dependsOn`. */
async function batch(context: GraphContext): Promise<ServerResponse> {
  const members = readBatch(await readEntity(context.request));
  const failed = new Set<string>();
  const responses: Json[] = [];
  for (const member of members) {
    context.request.signal?.throwIfAborted();
    const answer = member.dependsOn.some((id) => failed.has(id))
      ? { status: 424, headers: jsonType, body: dependencyFailed }
      : await answerMember(context, member);
    if (Number(answer['status']) >= 400) failed.add(member.id);
    responses.push({ id: member.id, ...answer });
  }
  return json(200, { responses });
}

const jsonType = { 'Content-Type': 'application/json' };
const dependencyFailed = {
  error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' },
};

const brokenMember = {
  status: 502,
  headers: jsonType,
  body: { error: { code: 'BadGateway', message: 'The connection to the service broke.' } },
};

/**
 * Each member is a request of its own: it is logged, counted for throttling, and subject to faults and quirks individually.
 * https://learn.microsoft.com/graph/throttling#throttling-and-batching
 */
async function answerMember(context: GraphContext, member: BatchMember): Promise<Json> {
  const { request, links } = context;
  const body = typeof member.body === 'string' ? new TextEncoder().encode(member.body) : member.body;
  const inner: ServerRequest = {
    method: member.method,
    arrival: request.arrival,
    url: new URL(links.base + member.url),
    headers: {
      ...inherited(request.headers),
      ...member.headers,
      ...(body === undefined ? {} : { 'content-length': String(body.byteLength) }),
    },
    body: bytesOf(body),
    signal: request.signal,
  };
  try {
    return await memberJson(await context.again(inner));
  } catch (error) {
    request.signal?.throwIfAborted();
    // The gateway answers for the batch when the connection to the service behind it breaks.
    if (error instanceof ConnectionBroken) return brokenMember;
    throw error;
  }
}

/** Headers that a member inherits from the batch: the token and the client's identity. */
function inherited(headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['authorization', 'user-agent', 'client-request-id'];
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

async function* bytesOf(body: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (body !== undefined) yield body;
}

async function memberJson({ status, headers, body }: ServerResponse): Promise<Json> {
  const response = { status, headers };
  if (body === undefined) return response;
  const bytes = await collect(body);
  if (bytes.byteLength === 0) return response;
  if (!/^application\/json\b/.test(headers['Content-Type'] ?? ''))
    return { ...response, body: base64(bytes) };
  return { ...response, body: jsonOrBase64(bytes) };
}

/** A fault may have damaged the JSON. */
function jsonOrBase64(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return base64(bytes);
  }
}

async function collect(body: NonNullable<ServerResponse['body']>): Promise<Uint8Array> {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.stream) chunks.push(chunk);
  return joinBytes(chunks);
}
