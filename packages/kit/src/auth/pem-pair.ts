/** The contents of a certificate file, and the error for an invalid one. */
import { OneDriveError } from '../errors/index.ts';

/** Certificate and key as PEM texts. */
export interface PemPair {
  readonly cert: string;
  readonly key: string;
}

/** The error for an invalid certificate file. It never contains a part of the file. */
export function unusable(source: string, why: string, cause?: unknown): OneDriveError {
  return new OneDriveError('config', `Invalid certificate ${source}: ${why}.`, {
    cause,
    hint: 'Set client.certificate to a PEM file with CERTIFICATE and PRIVATE KEY, or to a PFX file.',
  });
}
