/** The JSON view of versions: https://learn.microsoft.com/graph/api/resources/driveitemversion */
import { timestamp } from '../core/timestamps.ts';
import type { DriveContext } from '../files/drives/drive-route.ts';
import { identityJson, type Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Records } from '../storage/storage.ts';
import { versionUrl } from './version-content-route.ts';
import { type VersionRecord, versionsOf } from './version-record.ts';
import { asVersion } from './versions.ts';

/** One version; the current one has no download URL. */
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

/** Newest first, starting with the current version. */
export function versionList(records: Records, context: DriveContext, item: ItemRecord): readonly Json[] {
  return [...versionsOf(records, item.key), asVersion(item)]
    .reverse()
    .map((version, index) => versionJson(context, version, index === 0));
}
