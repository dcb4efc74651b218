/**
 * The initiator of a request: a program, this server's own page, a page on this machine, or a page of another site. Browsers
 * report it in `Origin` (https://fetch.spec.whatwg.org/#origin-header), `Sec-Fetch-Site`
 * (https://www.w3.org/TR/fetch-metadata/) and `Referer`; a script cannot change any of them.
 */
import type { ServerRequest } from '../core/http.ts';
import { isLoopbackName } from './host-names.ts';

/**
 * - `program`: not a browser, or a user who typed or opened the address.
 * - `own`: a page of this server.
 * - `local`: a page on another port or name of this machine.
 * - `listed`: a page of an allowed origin.
 * - `foreign`: any other page, including `Origin: null`.
 */
export type Initiator = 'program' | 'own' | 'local' | 'listed' | 'foreign';

/** The parts of a request that determine its initiator. */
export type InitiatorFacts = Pick<ServerRequest, 'url' | 'headers' | 'arrival'>;

/** Determines the initiator of a request. `isListed`: whether an origin is registered, or allowed with `cors`. */
export function initiatorOf(request: InitiatorFacts, isListed: (origin: string) => boolean): Initiator {
  const { origin, referer, 'sec-fetch-site': site } = request.headers;
  // A page with the referrer policy no-referrer sends `Origin: null` with its own forms.
  if (site === 'same-origin' && (origin === undefined || origin === 'null')) return 'own';
  if (origin !== undefined) return pageOf(origin, request, isListed);
  if (site === 'none') return 'program';
  const page = originOf(referer);
  if (page !== undefined) return pageOf(page, request, isListed);
  if (site === undefined) return 'program';
  return site === 'same-site' && isLoopbackName(nameOf(request)) ? 'local' : 'foreign';
}

function pageOf(origin: string, request: InitiatorFacts, isListed: (origin: string) => boolean): Initiator {
  if (ownOrigins(request).includes(origin)) return 'own';
  if (isLoopbackOrigin(origin)) return 'local';
  return isListed(origin) ? 'listed' : 'foreign';
}

/** The origins of this server's own pages, as seen by the client. */
function ownOrigins({ url, arrival }: InitiatorFacts): readonly string[] {
  if (arrival === undefined) return [url.origin];
  return arrival.forwardedFromUnknown ? [arrival.origin] : [arrival.origin, url.origin];
}

/** Whether `target` is on this server, under any of its names. */
export function isServerItself(target: URL, request: InitiatorFacts): boolean {
  if (ownOrigins(request).includes(target.origin)) return true;
  if (!isLoopbackName(plain(target.hostname)) && target.hostname !== '0.0.0.0') return false;
  const { arrival, url } = request;
  if (arrival?.port === portOf(target)) return true;
  const origin = arrival === undefined ? url : new URL(arrival.origin);
  return isLoopbackName(plain(origin.hostname)) && portOf(origin) === portOf(target);
}

/** `http://localhost:3000`, `https://127.0.0.1`, `http://[::1]:8080`. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!/^https?:\/\/[^/?#@\s]+$/.test(origin) || !URL.canParse(origin)) return false;
  return isLoopbackName(plain(new URL(origin).hostname));
}

function portOf({ protocol, port }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function nameOf({ url, arrival }: InitiatorFacts): string {
  return plain((arrival === undefined ? url : new URL(arrival.origin)).hostname);
}

const plain = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
}
