/** A drive: one user's OneDrive or one SharePoint document library, and how full it is. */
import type { IdentitySet } from './identity.ts';

/** https://learn.microsoft.com/graph/api/resources/drive */
export interface Drive {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  /** `personal`, `business` or `documentLibrary`; a string on the wire, so that a new kind does not break a client. */
  readonly driveType?: string;
  readonly owner?: IdentitySet;
  readonly quota?: Quota;
  readonly webUrl?: string;
  readonly createdDateTime?: string;
  readonly lastModifiedDateTime?: string;
  /** Present on drives that the system uses for itself. */
  readonly system?: object;
}

/** How full a drive is. Business drives may leave any of it out. https://learn.microsoft.com/graph/api/resources/quota */
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
