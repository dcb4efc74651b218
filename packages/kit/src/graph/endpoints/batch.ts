/**
 * Several calls in one request. For throttling each call counts, but there is only one round trip. Source:
 * https://learn.microsoft.com/graph/json-batching
 */

import { OneDriveError } from '../../errors/index.ts';
import type { Attempts } from '../../http/attempts.ts';
import type { Contract } from '../../http/contract.ts';
import type { BatchAnswer } from '../batch-answer.ts';
import { refusal } from '../batch-refusal.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { readList } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, type GraphCall, sendForObject } from '../send.ts';
import type { DriveItem, ItemChange } from '../types/index.ts';

/** The maximum number of calls in a batch. */
export const largestBatch = 20;

/** A call in a batch. */
export interface BatchCall {
  readonly method: string;
  /** Relative to the base URL, starting with a slash. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; bytes are sent as base64 and need a `Content-Type` header. */
  readonly body?: unknown;
}

export type { BatchAnswer } from '../batch-answer.ts';

interface WireAnswer {
  readonly id?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Options for a batch. */
export interface BatchOptions extends CallOptions {
  /** Whether all calls may take effect twice. Default: false. */
  readonly idempotent?: boolean | undefined;
  /** Tracks whether the calls of an earlier attempt may have taken effect. */
  readonly attempts?: Attempts | undefined;
}

/**
 * Sends at most {@link largestBatch} calls in one request. They may run in any order.
 * @returns the responses in the order of the calls, including error responses.
 * @throws GraphError if the batch itself is refused; OneDriveError `protocol` if a response is missing.
 */
export async function sendBatch(
  client: GraphClient,
  calls: readonly BatchCall[],
  options: BatchOptions = {},
): Promise<BatchAnswer[]> {
  const requests = calls.map(({ method, url, headers, body }, i) => ({
    ...{ id: String(i), method, url },
    ...(headers === undefined && body === undefined
      ? {}
      : { headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers } }),
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? base64(body) : body }),
  }));
  const what = `send ${calls.length} requests in one`;
  const { idempotent, attempts } = options;
  const send = { method: 'POST', contract: contracts.batch, url: '/$batch', what };
  const call: GraphCall = { ...send, json: { requests }, idempotent, attempts, options };
  const { responses } = await sendForObject<{ responses?: readonly WireAnswer[] }>(client, call);
  const answers = readList({ value: responses ?? [] }, what);
  const byId = new Map(answers.map((answer) => [String(answer.id), answer]));
  return calls.map((_, i) => answerOf(byId.get(String(i)), what));
}

function answerOf(answer: WireAnswer | undefined, what: string): BatchAnswer {
  if (typeof answer?.status !== 'number')
    throw new OneDriveError('protocol', `Could not ${what}: the response to one of them is missing.`);
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const { status, body } = answer;
  return { status, headers: Object.fromEntries(headers) as Record<string, string>, body };
}

/** A change of one item in a batch. */
export interface BatchedChange {
  readonly item: ItemRef;
  readonly change: ItemChange;
}

/**
 * Changes many items, {@link largestBatch} per request. Repeating a change has the same result, so a batch
 * whose response was lost is sent again.
 * @returns for each change, in order, the item or the error.
 * @throws GraphError if a batch itself is refused.
 */
export async function updateItems(
  client: GraphClient,
  drive: DriveRef,
  changes: readonly BatchedChange[],
  options: CallOptions = {},
): Promise<(DriveItem | OneDriveError)[]> {
  const done: (DriveItem | OneDriveError)[] = [];
  for (let at = 0; at < changes.length; at += largestBatch) {
    const part = changes.slice(at, at + largestBatch);
    const calls = part.map(({ item, change }) => ({
      method: 'PATCH',
      url: itemPath(drive, item),
      body: change,
    }));
    const answers = await sendBatch(client, calls, { ...options, idempotent: true });
    for (const [i, answer] of answers.entries())
      done.push(itemOf(answer, contracts.updateItem, 'change', part[i]?.item));
  }
  return done;
}

/** A small file in a batch. */
export interface BatchedContent {
  /** An address by path. */
  readonly at: ItemRef;
  readonly bytes: Uint8Array;
  /** What happens if the name is taken. Default: `replace`. */
  readonly conflict?: 'fail' | 'replace' | undefined;
}

/**
 * Maximum bytes of content in one batch: with the third that base64 adds, below the 4 MB of a request.
 * Source: https://learn.microsoft.com/answers/questions/1195604
 */
export const largestBatchContent = 2 << 20;

/**
 * Creates or replaces many small files, at most {@link largestBatch} files and {@link largestBatchContent}
 * bytes per request. Repeating it gives the same file, so a batch whose response was lost is sent again.
 * @see https://learn.microsoft.com/graph/api/driveitem-put-content
 * @returns for each file, in order, the item or the error.
 * @throws GraphError if a batch itself is refused.
 */
export async function putContents(
  client: GraphClient,
  drive: DriveRef,
  contents: readonly BatchedContent[],
  options: CallOptions = {},
): Promise<(DriveItem | OneDriveError)[]> {
  const done: (DriveItem | OneDriveError)[] = [];
  while (done.length < contents.length) {
    const part = contentsOfOneBatch(contents.slice(done.length, done.length + largestBatch));
    const calls = part.map(({ at, bytes, conflict = 'replace' }) => ({
      method: 'PUT',
      url: `${itemPath(drive, at, 'content')}?@microsoft.graph.conflictBehavior=${conflict}`,
      headers: { 'Content-Type': 'application/octet-stream' },
      body: bytes,
    }));
    const answers = await sendBatch(client, calls, { ...options, idempotent: true });
    for (const [i, answer] of answers.entries())
      done.push(itemOf(answer, contracts.putContent, 'upload', part[i]?.at));
  }
  return done;
}

/** The first files that fit; at least one. */
function contentsOfOneBatch(contents: readonly BatchedContent[]): readonly BatchedContent[] {
  let size = 0;
  const fit = contents.findIndex(({ bytes }) => (size += bytes.byteLength) > largestBatchContent);
  return fit === -1 ? contents : contents.slice(0, Math.max(1, fit));
}

function itemOf(answer: BatchAnswer, contract: Contract, verb: string, item: ItemRef | undefined) {
  const { body } = answer;
  const what = `${verb} ${item === undefined ? 'an item' : describeItem(item)}`;
  const refused = refusal(answer, contract, what);
  if (refused !== undefined) return refused;
  const plain = typeof body === 'string' ? jsonIn(body) : body;
  if (typeof plain === 'object' && plain !== null && 'id' in plain) return plain as DriveItem;
  return new OneDriveError('protocol', `Could not ${what}: the response is not an item.`);
}

/**
 * The response to a PUT of content in a batch is base64 of the item's JSON. Source:
 * https://learn.microsoft.com/answers/questions/1352007
 */
function jsonIn(base64Text: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(base64Text), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** In pieces, because the number of arguments of a call is limited. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.byteLength; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
