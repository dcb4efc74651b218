/**
 * Defines which responses are the documented success of a call. Any other response below 400 comes from
 * something between this program and the service, such as a captive portal that answers every request with
 * 200 and a web page. It is an error whatever its status.
 */
import { OneDriveError } from '../errors/index.ts';
import { discard, readText } from './read.ts';
import type { HttpResponse } from './transport.ts';

/** The documented success of a call. */
export interface Contract {
  /** The statuses that mean success, including redirects if the call documents them. */
  readonly statuses: readonly number[];
  /**
   * `json`: the body is a JSON object. `none`: only the status matters. `any`: bytes, or a Location header.
   */
  readonly body: 'json' | 'none' | 'any';
}

/** A call that returns a JSON object. */
export const json = (...statuses: readonly number[]): Contract => ({ statuses, body: 'json' });

/** A call that returns only a status. */
export const none = (...statuses: readonly number[]): Contract => ({ statuses, body: 'none' });

/** A call that returns bytes or headers. */
export const any = (...statuses: readonly number[]): Contract => ({ statuses, body: 'any' });

/** Redirect statuses. */
export const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** Returns whether a media type is JSON. Without a media type, the body decides. Pure. */
export function isJsonType(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return (
    type === '' || type === 'application/json' || type === 'text/json' || /^application\/.+\+json$/.test(type)
  );
}

/** Returns whether the status is in the contract. Pure. */
export function keepsContract(status: number, { statuses }: Contract): boolean {
  return statuses.includes(status);
}

/**
 * Creates the error for a response below 400 that breaks the contract, and reads or discards its body.
 * @param what completes "Could not …".
 */
export async function brokenContract(
  response: HttpResponse,
  contract: Contract,
  what: string,
): Promise<OneDriveError> {
  const { status } = response;
  const page = /^(text\/html|application\/xhtml)/i.test(response.headers['content-type'] ?? '');
  const start = page ? '<' : await startOf(response);
  if (page) await discard(response);
  return unexpectedStatus(status, contract, what, /^\s*</.test(start) ? ' with a web page' : '');
}

/** Creates the error for a status that is not in the contract. @param kind of body, for the message. */
export function unexpectedStatus(
  status: number,
  { statuses }: Contract,
  what: string,
  kind = '',
): OneDriveError {
  return new OneDriveError(
    'protocol',
    `Could not ${what}: the response has status ${status}${kind}, but ${statuses.join(' or ')} is documented.`,
    { hint: 'Look for a proxy, a captive portal or a wrong base URL, then try again.' },
  );
}

async function startOf(response: HttpResponse): Promise<string> {
  try {
    return await readText(response, { limit: 64 << 10 });
  } catch {
    return ''; // only the status matters
  }
}
