/** Quirks of upload sessions: `etag-moves-on-session` and `placeholder-on-aborted-session`. */

import type { World } from '../../core/world.ts';
import { sealedContent } from '../../files/content/sealed-content.ts';
import { type DriveRecord, driveKey, drives } from '../../files/drives/drive-record.ts';
import { actorOf } from '../../files/items/actor.ts';
import { addItem, type Content } from '../../files/items/add-item.ts';
import { changeItem } from '../../files/items/change-item.ts';
import { purgeItem } from '../../files/items/remove-item.ts';
import { childNamed } from '../../files/items/tree.ts';
import type { UploadSessionRecord } from '../../files/uploads/upload-session-record.ts';
import type { AccountRecord } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';

type Place = Pick<UploadSessionRecord, 'base' | 'names' | 'placeholder'>;

export interface SessionQuirks {
  /** Called when a session is created; returns its target, which may differ from `place`. */
  created(records: Records, drive: DriveRecord, account: AccountRecord, place: Place): Place;
}

/** The enabled quirks. Prepares an empty file here, because blobs cannot be stored within a transaction. */
export async function sessionQuirks(world: World): Promise<SessionQuirks> {
  const { quirks } = world.settings;
  const etagMoves = quirks.includes('etag-moves-on-session');
  const placeholder = quirks.includes('placeholder-on-aborted-session')
    ? await emptyContent(world)
    : undefined;
  return {
    created(records, drive, account, place) {
      const base = records.item(place.base);
      const [name, ...deeper] = place.names;
      const existing =
        base === undefined || name === undefined
          ? base
          : deeper.length > 0
            ? undefined
            : childNamed(records, base, name);
      const actor = actorOf(world, account);
      if (existing !== undefined) {
        if (etagMoves) changeItem(records, existing, {}, actor);
        return place;
      }
      if (
        placeholder === undefined ||
        drive.kind !== 'personal' ||
        base === undefined ||
        name === undefined ||
        deeper.length > 0
      )
        return place;
      const { key } = addItem(records, drive, base, { name, kind: 'file', content: placeholder }, actor);
      return { base: key, names: [], placeholder: true };
    },
  };
}

async function emptyContent({ storage }: World): Promise<Content> {
  return sealedContent(await storage.blobs.seal(storage.blobs.create()));
}

/** Removes the placeholder of a cancelled session. */
export function dropPlaceholder(records: Records, world: World, session: UploadSessionRecord): void {
  const drive = drives.get(records, driveKey(session.driveId));
  const item = session.placeholder === true ? records.item(session.base) : undefined;
  if (drive === undefined || item === undefined || item.size > 0) return;
  const { createdBy } = item.data;
  purgeItem(records, drive, item, { identity: createdBy, now: world.clock.now(), guid: () => '' });
}
