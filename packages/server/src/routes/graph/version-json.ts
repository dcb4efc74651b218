/** Versions on the wire: https://learn.microsoft.com/graph/api/resources/driveitemversion */
import { timestamp } from '../../domain/timestamps.ts';
import { identityJson, type Json } from '../../items/item-json.ts';
import { asVersion } from '../../items/versions.ts';
import type { ItemRecord } from '../../storage/records/item-record.ts';
import { type VersionRecord, versionsOf } from '../../storage/records/version-record.ts';
import type { Records } from '../../storage/storage.ts';
import { versionUrl } from '../version-content-route.ts';
import type { DriveContext } from './drive-route.ts';

/** One version; the current one has no download URL of its own. */
export function versionJson(context: DriveContext, version: VersionRecord, current: boolean): Json {
  const { drive } = context;
  return {
    ...(current ? {} : { '@microsoft.graph.downloadUrl': versionUrl(context, version) }),
    id: `${version.number}.0`,
    lastModifiedBy: identityJson(version.modifiedBy),
    lastModifiedDateTime: timestamp(version.modified, drive.kind),
    size: version.size,
  };
}

/** Newest first, the current one on top. */
export function versionList(records: Records, context: DriveContext, item: ItemRecord): readonly Json[] {
  return [...versionsOf(records, item.key), asVersion(item)]
    .reverse()
    .map((version, index) => versionJson(context, version, index === 0));
}
