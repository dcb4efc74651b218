/** A long-running operation, as its monitor URL reports it. */
import { collection } from '../../storage/collection.ts';

export interface OperationRecord {
  readonly operation: 'ItemCopy' | 'AssignSensitivityLabel';
  readonly driveId: string;
  readonly status: 'inProgress' | 'completed' | 'failed';
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly due: number;
  readonly resourceId?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Operations by the secret in their monitor URL. */
export const operations = collection<OperationRecord>('operation');
