/**
 * Parses and validates a batch. Pure. Rules: https://learn.microsoft.com/graph/json-batching and
 * https://learn.microsoft.com/graph/known-issues (at most 20 members, no batch within a batch, relative URLs).
 */

import { bytesOfBase64url } from '../base-encodings.ts';
import { isObject } from '../body.ts';
import { ServiceError } from '../service-error.ts';

/** Maximum number of members of a batch. */
const batchLimit = 20;

export interface BatchMember {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Relative to the API prefix, with a leading slash. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or bytes. */
  readonly body: string | Uint8Array | undefined;
  readonly dependsOn: readonly string[];
}

const badRequest = (message: string): ServiceError => new ServiceError(400, 'BadRequest', message);

/** Reads the members of a batch. @throws ServiceError 400 for a malformed batch. */
export function readBatch(body: Readonly<Record<string, unknown>>): readonly BatchMember[] {
  const { requests } = body;
  if (!Array.isArray(requests)) throw badRequest('The property requests must be a list.');
  if (requests.length === 0) throw badRequest('The batch contains no requests.');
  if (requests.length > batchLimit)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${batchLimit}.`);
  const members = requests.map(readMember);
  const ids = new Set<string>();
  for (const { id, dependsOn } of members) {
    if (ids.has(id)) throw badRequest(`The request id ${id} is used twice.`);
    // A member may only depend on earlier members, so there are no cycles.
    const missing = dependsOn.find((other) => !ids.has(other));
    if (missing !== undefined)
      throw badRequest(`Request ${id} depends on ${missing}, which does not come before it.`);
    ids.add(id);
  }
  return members;
}

function readMember(value: unknown): BatchMember {
  if (!isObject(value)) throw badRequest('A request of the batch is not an object.');
  const { id, method, url } = value;
  if (typeof id !== 'string' || id === '') throw badRequest('A request of the batch has no id.');
  if (typeof method !== 'string' || !/^(?:get|post|put|patch|delete|head)$/i.test(method))
    throw badRequest(`Request ${id} has no known method.`);
  if (typeof url !== 'string' || url === '' || /^[a-z][a-z+.-]*:\/\//i.test(url))
    throw badRequest(`Request ${id} needs a URL relative to the version.`);
  const path = url.startsWith('/') ? url : `/${url}`;
  if (/^\/\$batch\b/.test(path)) throw badRequest('A batch cannot contain another batch.');
  if (value['atomicityGroup'] !== undefined)
    throw badRequest('The property atomicityGroup is not supported.');
  const headers = readHeaders(value['headers']);
  return {
    id,
    method: method.toUpperCase(),
    url: path,
    headers,
    body: readBody(id, value['body'], headers),
    dependsOn: readDependencies(id, value['dependsOn']),
  };
}

function readHeaders(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw badRequest('The headers of a request must be an object.');
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]));
}

/** A JSON body is included as it is; every other body as base64 in a string. */
function readBody(
  id: string,
  value: unknown,
  headers: Readonly<Record<string, string>>,
): string | Uint8Array | undefined {
  if (value === undefined || value === null) return undefined;
  const type = headers['content-type'];
  if (type === undefined) throw badRequest(`Request ${id} has a body and no Content-Type header.`);
  if (/^application\/json\b/i.test(type)) return JSON.stringify(value);
  const bytes = typeof value === 'string' ? bytesOfBase64url(value) : undefined;
  if (bytes === undefined) throw badRequest(`The body of request ${id} is not base64.`);
  return bytes;
}

function readDependencies(id: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  const valid = Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (!valid) throw badRequest(`The property dependsOn of request ${id} must be a list of ids.`);
  return value;
}
