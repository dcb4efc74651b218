/** The stored state of an upload session; it survives a restart. */

import { collection, sortable } from '../../storage/collection.ts';
import type { ConflictBehavior } from '../items/conflict.ts';
import { foldName } from '../items/name-folding.ts';

export interface UploadSessionRecord {
  readonly accountId: string;
  /** The application that created the session; undefined in records of earlier versions. */
  readonly clientId?: string | undefined;
  readonly driveId: string;
  /** Key of the item where the path starts, or of the file to replace if `names` is empty. */
  readonly base: number;
  /** The names of the path from there to the file. */
  readonly names: readonly string[];
  readonly behavior: ConflictBehavior;
  readonly description?: string | undefined;
  readonly fsCreated?: number | undefined;
  readonly fsModified?: number | undefined;
  /** The base is an empty placeholder for the file. */
  readonly placeholder?: boolean | undefined;
  /** The session is committed only on request. */
  readonly deferCommit: boolean;
  readonly blob: string;
  /** Bytes. */
  readonly received: number;
  readonly total?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The look-up of the sessions that upload to one path: {@link uploadSessions}. */
export const pathLookup = ({
  driveId,
  base,
  names,
}: Pick<UploadSessionRecord, 'driveId' | 'base' | 'names'>): string =>
  `path:${driveId}/${base}/${foldName(names.join('/'))}`;

/** Sessions by the secret in their URL. The look-ups are {@link pathLookup} and `expires:`, sorted by time. */
export const uploadSessions = collection<UploadSessionRecord>('upload-session', (session) => [
  pathLookup(session),
  `expires:${sortable(session.expires)}`,
]);
