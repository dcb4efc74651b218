/** Redirects of pre-authenticated URLs: from one host of bytes to another. */
import { OneDriveError } from '../errors/index.ts';
import { redirects } from './contract.ts';
import { discard } from './read.ts';
import type { HttpResponse } from './transport.ts';

/** Redirects in a row; browsers follow 20, a service that moves a file needs one or two. */
const maxRedirects = 5;

/**
 * Requests a URL, and the ones that it is redirected to.
 * @param request sends a GET without a token, and checks the URL.
 * @param what finishes "Could not …".
 * @returns the first answer that is not a redirect.
 * @throws OneDriveError `protocol` after too many redirects, and for one that names no address.
 */
export async function followRedirects(
  url: string,
  what: string,
  request: (url: string) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  let at = url;
  for (let followed = 0; followed <= maxRedirects; followed++) {
    const response = await request(at);
    if (!redirects.includes(response.status)) return response;
    await discard(response);
    const location = response.headers['location'];
    if (location === undefined || !URL.canParse(location, at))
      throw new OneDriveError('protocol', `Could not ${what}: the redirect names no address.`);
    at = new URL(location, at).href;
  }
  throw new OneDriveError(
    'protocol',
    `Could not ${what}: it is redirected more than ${maxRedirects} times.`,
    {
      hint: 'Try again: the address is read anew.',
    },
  );
}
