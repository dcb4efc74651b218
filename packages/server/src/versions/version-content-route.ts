/**
 * The target of the download URL of an earlier version: content without a token.
 * https://learn.microsoft.com/graph/api/driveitemversion-get-contents
 */
import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { itemNotFound, ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { serveBytes } from '../files/content/content-route.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Links } from '../sharing/links.ts';
import { type VersionRecord, versionKey, versions } from './version-record.ts';

export const versionContentRoute: Route = {
  method: 'GET',
  pattern: '/_version/{ticket}',
  source: 'https://learn.microsoft.com/graph/api/driveitemversion-get-contents',
  handle: serveVersion,
};

/** `item.number.expiry.signature`, with the expiry in seconds since the epoch. */
function versionTicket(world: Pick<World, 'clock' | 'settings' | 'sign'>, version: VersionRecord): string {
  const expires = Math.ceil((world.clock.now() + world.settings.downloadLifetime) / 1000);
  const text = [version.item, version.number, expires].map((value) => value.toString(36)).join('.');
  return `${text}.${world.sign(`version ${text}`)}`;
}

/** A pre-authenticated URL for the content of a version, which expires. */
export const versionUrl = (
  {
    world,
    links,
    drive,
  }: {
    readonly world: Parameters<typeof versionTicket>[0];
    readonly links: Pick<Links, 'downloads'>;
    readonly drive: DriveRecord;
  },
  version: VersionRecord,
): string => `${links.downloads(drive)}/_version/${versionTicket(world, version)}`;

async function serveVersion({ request, world, params }: RouteContext): Promise<ServerResponse> {
  const [item = '', number = '', expires = '', signature = ''] = (params['ticket'] ?? '').split('.');
  const text = [item, number, expires].join('.');
  const over = Number.parseInt(expires, 36) * 1000 <= world.clock.now();
  if (signature !== world.sign(`version ${text}`) || over)
    throw new ServiceError(401, 'unauthenticated', 'The download URL is not valid, or has expired.');
  const content = world.storage.read((records) => {
    const key = versionKey(Number.parseInt(item, 36), Number.parseInt(number, 36));
    const version = versions.get(records, key);
    const owner = version === undefined ? undefined : records.item(version.item);
    return version === undefined || owner?.bin !== 0 ? undefined : { version, owner };
  });
  if (content === undefined) throw itemNotFound('The version could not be found.');
  const { version, owner } = content;
  const { blob, size, modified } = version;
  const tag = `"{${owner.data.guid}},v${version.number}"`;
  return serveBytes(world, request, { ...owner, blob, size, modified }, [tag, tag]);
}
