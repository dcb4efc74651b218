/** A drive: a user's OneDrive or a SharePoint document library, and its quota. */
import type { IdentitySet } from './identity.ts';

/** https://learn.microsoft.com/graph/api/resources/drive */
export interface Drive {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  /** `personal`, `business` or `documentLibrary`; a string, so that a new kind does not break a client. */
  readonly driveType?: string;
  readonly owner?: IdentitySet;
  readonly quota?: Quota;
  readonly webUrl?: string;
  readonly createdDateTime?: string;
  readonly lastModifiedDateTime?: string;
  /** Present on drives that the system uses internally. */
  readonly system?: object;
}

/**
 * The quota of a drive. Business drives may omit any property.
 * https://learn.microsoft.com/graph/api/resources/quota
 */
export interface Quota {
  /** Bytes. */
  readonly total?: number;
  /** Bytes. */
  readonly used?: number;
  /** Bytes that can still be stored. */
  readonly remaining?: number;
  /** Bytes in the recycle bin. */
  readonly deleted?: number;
  /** `normal`, `nearing` (less than 10 % left), `critical` (less than 1 %) or `exceeded`. */
  readonly state?: string;
  readonly storagePlanInformation?: { readonly upgradeAvailable?: boolean };
}
