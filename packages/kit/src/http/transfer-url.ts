/**
 * Upload, download and monitor URLs: whoever has one needs no token, so they travel encrypted wherever the service
 * itself does. They name other hosts than the service, and may be damaged or forged, so each one is checked before use.
 */
import { OneDriveError } from '../errors/index.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * A URL that the service handed out, ready to be used.
 * @param baseUrl of the service: a plain one allows plain transfer URLs.
 * @param what finishes "Could not …".
 * @throws OneDriveError `protocol` for what is no URL, for any other scheme than HTTP, and for an unencrypted URL of an
 * encrypted service, loopback addresses excepted.
 */
export function transferUrl(text: unknown, baseUrl: string, what: string): string {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refused(what, 'the service gave an address that is not a URL');
  if (url.protocol === 'https:') return url.href;
  if (url.protocol !== 'http:') throw refused(what, `the service gave a ${url.protocol} URL`);
  if (new URL(baseUrl).protocol === 'http:' || loopback.test(url.hostname)) return url.href;
  throw refused(what, `the service gave an unencrypted address on ${url.host}`);
}

function refused(what: string, why: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: ${why}.`, {
    hint: 'Content is transferred over HTTPS only. Look for a proxy that changes answers, then try again.',
  });
}
