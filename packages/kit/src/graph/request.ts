/** Requests for endpoints that have no function of their own, with the same retries, paging and errors. */
import { OneDriveError } from '../errors/index.ts';
import { any, json } from '../http/contract.ts';
import { discard } from '../http/read.ts';
import type { HttpBody, HttpResponse } from '../http/transport.ts';
import type { GraphClient } from './client.ts';
import { type Paged, pagedCall } from './page.ts';
import type { Query } from './path.ts';
import { type CallOptions, type GraphCall, readObject, send } from './send.ts';
import type { CollectionPage } from './types/index.ts';

/** Options of {@link request}. */
export interface RequestOptions extends CallOptions {
  /** Query parameters, such as `{ $select: 'id,name' }`. */
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, if there is no `json`. */
  readonly body?: HttpBody | undefined;
  /** Version of the API: `v1.0` or `beta`. Default: that of `baseUrl`. */
  readonly version?: string | undefined;
}

/**
 * Sends a request to Microsoft Graph.
 * @param path from the slash on: `/me/drive`.
 * @returns the JSON object of the response, of the type that the caller names; undefined for a response without content.
 * @throws GraphError for a status of 400 and above; OneDriveError `protocol` for a response that is not JSON, `usage` for a
 * path that is not one.
 * @example const me = await request<{ displayName: string }>(client, 'GET', '/me', { query: { $select: 'displayName' } });
 */
export async function request<T extends object | undefined = Record<string, unknown>>(
  client: GraphClient,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const call = callOf(method, path, options);
  const response = await send(ofVersion(client, options.version), call);
  if (hasContent(response)) return (await readObject(response, call.what)) as T;
  await discard(response);
  return undefined as T;
}

/**
 * A list behind an endpoint, element by element or page by page, following next links.
 * @example for await (const group of requestPages<{ id: string }>(client, '/me/memberOf')) console.log(group.id);
 */
export function requestPages<T extends object = Record<string, unknown>>(
  client: GraphClient,
  path: string,
  options: Omit<RequestOptions, 'json' | 'body'> = {},
): Paged<T, CollectionPage<T>> {
  return pagedCall<T>(ofVersion(client, options.version), {
    ...callOf('GET', path, options),
    contract: json(200),
  });
}

function callOf(method: string, path: string, options: RequestOptions): GraphCall {
  if (!path.startsWith('/') || path.startsWith('//'))
    throw new OneDriveError('usage', `${JSON.stringify(path)} is not a path of Microsoft Graph.`, {
      hint: 'Pass the path from the slash after the version on, for example /me/drive.',
    });
  const { query, headers, json: object, body, signal } = options;
  return {
    method: method.toUpperCase(),
    url: path,
    what: `${method.toUpperCase()} ${path.split('?')[0]}`,
    contract: any(200, 201, 202, 203, 204, 206),
    query,
    headers,
    json: object,
    body,
    options: { signal },
  };
}

function ofVersion(client: GraphClient, version: string | undefined): GraphClient {
  if (version === undefined) return client;
  return { ...client, baseUrl: client.baseUrl.replace(/\/[^/]*$/, `/${version}`) };
}

function hasContent({ status, headers }: HttpResponse): boolean {
  return status !== 204 && headers['content-length'] !== '0' && headers['content-type'] !== undefined;
}
