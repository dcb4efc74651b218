/**
 * Hosts of upload, download and monitor URLs. In the service they differ from the hosts of the API, and accept no token:
 * https://learn.microsoft.com/graph/api/driveitem-createuploadsession (examples and remarks),
 * https://learn.microsoft.com/graph/long-running-actions-overview.
 */
import type { Handler, ServerRequest } from '../../core/http.ts';
import type { DriveKind } from '../../people/account-record.ts';
import { errorBody } from '../../testing/quirks/error-body.ts';
import { isCloudHost, sharePointSuffix } from './cloud-hosts.ts';

export type Transfer = 'upload' | 'download' | 'monitor';

/** The paths on this server. */
const ownPaths: Readonly<Record<Transfer, string>> = {
  upload: '/_upload/',
  download: '/_content/',
  monitor: '/_monitor/',
};

const personal: Readonly<Record<Transfer, string>> = {
  upload: 'https://api.onedrive.com/rup/',
  download: 'https://public.dm.files.1drv.com/y4m/',
  monitor: 'https://api.onedrive.com/v1.0/monitor/',
};

const business: Readonly<Record<Transfer, string>> = {
  upload: '/_api/v2.0/uploadSession/',
  download: '/_layouts/15/download/',
  monitor: '/_api/v2.0/monitor/',
};

/**
 * The start of a transfer URL; a secret follows. `origin` is that of the request; without a kind of drive the URL has the
 * same origin.
 */
export function transferBase(origin: string, kind: DriveKind | undefined, transfer: Transfer): string {
  const { hostname } = new URL(origin);
  if (kind === undefined || !isCloudHost(hostname)) return origin + ownPaths[transfer];
  return kind === 'personal' ? personal[transfer] : tenantOrigin(origin, kind) + business[transfer];
}

/** Origin of the other download URLs: images and earlier versions. */
export function downloadOrigin(origin: string, kind: DriveKind): string {
  if (!isCloudHost(new URL(origin).hostname)) return origin;
  return kind === 'personal' ? new URL(personal.download).origin : tenantOrigin(origin, kind);
}

function tenantOrigin(origin: string, kind: DriveKind): string {
  const { hostname } = new URL(origin);
  if (/\.sharepoint\./.test(hostname)) return origin;
  return `https://contoso${kind === 'business' ? '-my' : ''}${sharePointSuffix(hostname)}`;
}

/** Path prefixes on the service's hosts, and the paths on this server that they stand for. */
const servedPaths: readonly (readonly [RegExp, RegExp, Transfer])[] = [
  [/^api\.onedrive\.com$/, /^\/rup\//, 'upload'],
  [/^api\.onedrive\.com$/, /^\/v1\.0\/monitor\//, 'monitor'],
  [/\.up\.1drv\.com$/, /^\/up\//, 'upload'],
  [/\.files\.1drv\.com$/, /^\/y4m\//, 'download'],
  ...(['upload', 'download', 'monitor'] as const).map(
    (transfer) =>
      [
        /\.sharepoint\.(?:com|us|cn)$|^my\.microsoftpersonalcontent\.com$/,
        new RegExp(`^(?:/[^/]+){0,3}${business[transfer].replaceAll('.', '\\.')}`),
        transfer,
      ] as const,
  ),
];

/** The path on this server for a transfer URL of a host of the service; undefined for every other URL. */
export function transferPath(host: string, path: string): string | undefined {
  const rule = servedPaths.find(([hosts, paths]) => hosts.test(host) && paths.test(path));
  return rule === undefined ? undefined : path.replace(rule[1], ownPaths[rule[2]]);
}

const transferPaths = /^\/_(?:upload|content|monitor|version|thumb|converted|preview)\//;
const graphHost = /^(?:dod-)?(?:microsoft)?graph\./;

/** Whether a client sends its token to a host other than Graph's. */
function leaksToken({ url, headers }: ServerRequest): boolean {
  return (
    headers['authorization'] !== undefined &&
    transferPaths.test(url.pathname) &&
    isCloudHost(url.hostname) &&
    !graphHost.test(url.hostname)
  );
}

/** Wraps the handler: returns 401 for a token on a transfer URL of another host (quirk `transfer-hosts-reject-token`). */
export function withoutTokens(handler: Handler): Handler {
  return async (request) =>
    leaksToken(request)
      ? errorBody(
          401,
          'unauthenticated',
          `An upload, download or monitor URL on ${request.url.hostname} must not be requested with an Authorization header.`,
        )
      : handler(request);
}
