/**
 * Identifies the program to the service. SharePoint prefers decorated traffic when it throttles:
 * `NONISV|Company|App/1.0`
 * (https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online).
 */
import type { TransportDecorator } from './transport.ts';

/** Adds `User-Agent`, unless the request has one. Browsers send their own instead. */
export function userAgent(value: string): TransportDecorator {
  return (inner) => (request) => inner({ ...request, headers: { 'user-agent': value, ...request.headers } });
}
