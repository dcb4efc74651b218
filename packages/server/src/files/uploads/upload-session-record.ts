/** The stored state of an upload session; it survives a restart. */

import { collection } from '../../storage/collection.ts';
import type { ConflictBehavior } from '../items/conflict.ts';

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

/** Sessions by the secret in their upload URL. */
export const uploadSessions = collection<UploadSessionRecord>('upload-session');
