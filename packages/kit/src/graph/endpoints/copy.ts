/** Copies items. The service copies in the background; a monitor URL reports the progress. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { type Attempts, attempts } from '../../http/attempts.ts';
import { redirects } from '../../http/contract.ts';
import { discard, readText } from '../../http/read.ts';
import { transferUrl } from '../../http/transfer-url.ts';
import type { HttpResponse } from '../../http/transport.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { graphErrorOf } from '../error-answer.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { urlOf } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, type GraphCall, send } from '../send.ts';
import type { ConflictBehavior, CopyMonitor, CopyRequest, DriveItem } from '../types/index.ts';

/** Options for a copy. */
export interface CopyOptions extends CallOptions {
  /** Undefined omits it from the request: personal drives do not support the parameter. */
  readonly conflict?: ConflictBehavior | undefined;
  /** Tracks whether an earlier attempt may have started a copy: a conflict may then be with that copy. */
  readonly attempts?: Attempts | undefined;
}

/**
 * Starts a copy. It is repeated after a lost response, except with `rename`, which would create a second
 * copy; a conflict of a repeated attempt may be with the copy of the first: see `attempts`.
 * @see https://learn.microsoft.com/graph/api/driveitem-copy
 * @returns the monitor URL: a secret, to be requested without a token.
 * @throws GraphError, OneDriveError `protocol` if the response has no monitor URL.
 */
export async function copyItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  request: CopyRequest,
  options: CopyOptions = {},
): Promise<string> {
  const what = `copy ${describeItem(item)}`;
  const { conflict } = options;
  const response = await send(client, {
    method: 'POST',
    contract: contracts.copyItem,
    url: itemPath(drive, item, 'copy'),
    what,
    query: { '@microsoft.graph.conflictBehavior': conflict },
    headers: { prefer: 'respond-async' },
    json: request,
    idempotent: conflict === 'fail' || conflict === 'replace',
    attempts: options.attempts ?? attempts(),
    options,
  });
  await discard(response);
  const location = response.headers['location'];
  const monitor = location === undefined ? undefined : urlOf(location, client.baseUrl);
  if (monitor !== undefined)
    return transferUrl(monitor.href, client.baseUrl, `follow the progress of: ${what}`);
  throw new OneDriveError(
    'protocol',
    `The service accepted the request to ${what}, but returned no monitor URL.`,
    {
      hint: 'Check the target folder: the copy may already exist.',
    },
  );
}

/** The maximum number of redirects of a monitor. */
const maxHops = 5;

/**
 * Returns the progress of a copy. 202 while it runs, 200 or 303 when it is done, 4xx or 5xx with a body if it
 * has failed: `status` in the body decides, whatever the HTTP status. A 303 leads to the copy, which is read
 * without the token unless it is on the API's own origin. If it cannot be read there, the copy is done and
 * its id is unknown.
 * @see https://learn.microsoft.com/graph/long-running-actions-overview
 * @throws GraphError for an error without a status of the copy; OneDriveError `protocol`.
 */
export async function getMonitor(
  client: GraphClient,
  url: string,
  options: CallOptions = {},
): Promise<CopyMonitor> {
  const what = 'read the progress of the copy';
  let at = url;
  for (let hop = 0; hop < maxHops; hop++) {
    const answer = await monitorAnswer(client, at, what, options, hop > 0);
    const { response, body } = answer;
    if (isMonitor(body)) return body;
    const location = response?.headers['location'];
    const next = location === undefined ? undefined : urlOf(location, at);
    if (response !== undefined && redirects.includes(response.status)) {
      if (next === undefined) return { status: 'completed' };
      at = next.href;
      continue;
    }
    if (response === undefined) return { status: 'completed' };
    if (isItem(body)) return { status: 'completed', resourceId: body.id };
    if (response.status === 202) return { status: 'inProgress' };
    throw new OneDriveError('protocol', `Could not ${what}: the response has no status of the copy.`, {
      hint: 'Check the target folder: the copy may already exist.',
    });
  }
  return { status: 'completed' };
}

interface MonitorAnswer {
  /** Undefined if the address in the redirect cannot be read. */
  readonly response: HttpResponse | undefined;
  readonly body: unknown;
}

async function monitorAnswer(
  client: GraphClient,
  url: string,
  what: string,
  options: CallOptions,
  redirected: boolean,
): Promise<MonitorAnswer> {
  const own = redirected && new URL(url).origin === new URL(client.baseUrl).origin;
  const call: GraphCall = {
    method: 'GET',
    // A failed copy may be reported with an error status, so every status is read here.
    contract: { ...contracts.getMonitor, statuses: everyStatus },
    url,
    what,
    options,
    ...(own ? {} : { via: client.plain }),
  };
  try {
    const response = await send(client, call);
    const text = await readText(response, { limit: 1 << 20 });
    const body = parsed(text);
    if (response.status >= 400 && !isMonitor(body))
      throw graphErrorOf(what, response.status, response.headers, text);
    return { response, body };
  } catch (error) {
    if (!redirected || !isOneDriveError(error)) throw error;
    return { response: undefined, body: undefined };
  }
}

const everyStatus: readonly number[] = [
  ...contracts.getMonitor.statuses,
  ...Array.from({ length: 200 }, (_, i) => 400 + i),
];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMonitor(body: unknown): body is CopyMonitor {
  return hasText(body, 'status');
}

function isItem(body: unknown): body is Pick<DriveItem, 'id'> {
  return hasText(body, 'id');
}

function hasText(body: unknown, key: string): boolean {
  return (
    typeof body === 'object' && body !== null && typeof (body as Record<string, unknown>)[key] === 'string'
  );
}
