/** Versions of a file. */
import type { IdentitySet } from './identity.ts';

/** https://learn.microsoft.com/graph/api/resources/driveitemversion */
export interface DriveItemVersion {
  /** `1.0`, `2.0` …; the highest is the current one. */
  readonly id: string;
  readonly lastModifiedBy?: IdentitySet;
  /** ISO 8601, UTC. */
  readonly lastModifiedDateTime?: string;
  /** Bytes. */
  readonly size?: number;
}
