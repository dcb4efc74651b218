/** Follows redirects of pre-authenticated URLs from one content host to another. */
import { OneDriveError } from '../errors/index.ts';
import { redirects } from './contract.ts';
import { discard } from './read.ts';
import type { HttpResponse } from './transport.ts';

/** Maximum number of redirects in a row. Browsers follow 20; a service that moves a file needs one or two. */
const maxRedirects = 5;

/**
 * Requests a URL and follows its redirects.
 * @param request sends a GET without a token, and checks the URL.
 * @param what completes "Could not …".
 * @returns the first response that is not a redirect.
 * @throws OneDriveError `protocol` after too many redirects, or for a redirect without an address.
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
      throw new OneDriveError('protocol', `Could not ${what}: the redirect has no address.`);
    at = new URL(location, at).href;
  }
  throw new OneDriveError('protocol', `Could not ${what}: more than ${maxRedirects} redirects.`, {
    hint: 'Try again: the address is then requested again.',
  });
}
