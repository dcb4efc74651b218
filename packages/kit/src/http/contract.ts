/**
 * What an answer has to look like to be the success that a call documents. Anything else below 400 comes from something
 * between here and the service, such as a sign-in portal that answers every request with 200 and a web page, and is an
 * error however friendly its status.
 */
import { OneDriveError } from '../errors/index.ts';
import { discard, readText } from './read.ts';
import type { HttpResponse } from './transport.ts';

/** The documented success of one call. */
export interface Contract {
  /** The statuses that mean success, redirects included where they are the answer. */
  readonly statuses: readonly number[];
  /** `json`: an object is read from the body. `none`: the status says it all. `any`: bytes, or a place in the headers. */
  readonly body: 'json' | 'none' | 'any';
}

/** A call that answers with a JSON object. */
export const json = (...statuses: readonly number[]): Contract => ({ statuses, body: 'json' });

/** A call whose status is the whole answer. */
export const none = (...statuses: readonly number[]): Contract => ({ statuses, body: 'none' });

/** A call that answers with bytes or with headers. */
export const any = (...statuses: readonly number[]): Contract => ({ statuses, body: 'any' });

/** Statuses that carry a redirect to another place. */
export const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** Is this media type JSON? An answer that declares none is judged by its body. Pure. */
export function isJsonType(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return (
    type === '' || type === 'application/json' || type === 'text/json' || /^application\/.+\+json$/.test(type)
  );
}

/** Does the status keep the contract? Pure. */
export function keepsContract(status: number, { statuses }: Contract): boolean {
  return statuses.includes(status);
}

/**
 * The error for an answer below 400 that breaks the contract; its body is read or dropped.
 * @param what finishes "Could not …".
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

/** The error for a status that a contract does not have. @param kind of body, for the message. */
export function unexpectedStatus(
  status: number,
  { statuses }: Contract,
  what: string,
  kind = '',
): OneDriveError {
  return new OneDriveError(
    'protocol',
    `Could not ${what}: the answer has status ${status}${kind} where ${statuses.join(' or ')} is documented.`,
    { hint: 'Look for a proxy, a sign-in portal or a wrong address in between, then try again.' },
  );
}

async function startOf(response: HttpResponse): Promise<string> {
  try {
    return await readText(response, { limit: 64 << 10 });
  } catch {
    return ''; // the status is enough
  }
}
