/** A deleted item in a delta: https://learn.microsoft.com/graph/api/driveitem-delta. Business drives omit its name. */

import type { Json, Place } from './item-json.ts';
import type { ItemRecord } from './item-record.ts';

const noHash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/** Which properties are included. */
export function tombstoneJson(item: ItemRecord, { drive, parent }: Place): Json {
  const facet =
    item.rank === 0
      ? { folder: { childCount: 0 } }
      : {
          file: {
            mimeType: item.data.mimeType ?? 'application/octet-stream',
            hashes: { quickXorHash: noHash },
          },
        };
  return {
    id: item.id,
    ...(drive.kind === 'personal' ? { name: item.name } : {}),
    deleted: { state: 'deleted' },
    parentReference: {
      driveId: drive.id,
      driveType: drive.kind,
      ...(parent === undefined ? {} : { id: parent.id }),
    },
    ...facet,
  };
}
