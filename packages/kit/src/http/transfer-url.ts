/**
 * Upload, download and monitor URLs work without a token, so they require encryption if the service itself is
 * encrypted. They name other hosts than the service and may be damaged or forged, so each one is checked
 * before use.
 */
import { OneDriveError } from '../errors/index.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Parses and checks a URL from the service.
 * @param baseUrl of the service: if it is http, http transfer URLs are allowed.
 * @param what completes "Could not …".
 * @throws OneDriveError `protocol` for an invalid URL, for any scheme except HTTP and HTTPS, and for an
 * unencrypted URL of an encrypted service, except for loopback addresses.
 */
export function transferUrl(text: unknown, baseUrl: string, what: string): string {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refused(what, 'the service returned an address that is not a URL');
  if (url.protocol === 'https:') return url.href;
  if (url.protocol !== 'http:') throw refused(what, `the service returned a ${url.protocol} URL`);
  if (new URL(baseUrl).protocol === 'http:' || loopback.test(url.hostname)) return url.href;
  throw refused(what, `the service returned an unencrypted address on ${url.host}`);
}

function refused(what: string, why: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: ${why}.`, {
    hint: 'Content is transferred over HTTPS only. Look for a proxy that changes responses, then try again.',
  });
}
