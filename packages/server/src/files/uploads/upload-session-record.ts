/** An upload session between its requests: it outlives a restart. */

import { collection } from '../../storage/collection.ts';
import type { ConflictBehavior } from '../items/conflict.ts';

export interface UploadSessionRecord {
  readonly accountId: string;
  /** The application that opened the session; undefined in records of an earlier version. */
  readonly clientId?: string | undefined;
  readonly driveId: string;
  /** Key of the item that the names start from, or of the file that is replaced when there are none. */
  readonly base: number;
  /** Names from there down to the file. */
  readonly names: readonly string[];
  readonly behavior: ConflictBehavior;
  readonly description?: string | undefined;
  readonly fsCreated?: number | undefined;
  readonly fsModified?: number | undefined;
  /** The base is an empty file that stands in for the one to come. */
  readonly placeholder?: boolean | undefined;
  /** Commit only when asked to. */
  readonly deferCommit: boolean;
  readonly blob: string;
  /** Bytes. */
  readonly received: number;
  readonly total?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Sessions by the secret in their URL. */
export const uploadSessions = collection<UploadSessionRecord>('upload-session');
