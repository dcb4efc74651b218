/** What is read out of a certificate file, and the error for one that will not do. */
import { OneDriveError } from '../errors/index.ts';

/** Certificate and key as PEM texts. */
export interface PemPair {
  readonly cert: string;
  readonly key: string;
}

/** The error for a certificate file that will not do. Never holds a part of the file. */
export function unusable(source: string, why: string, cause?: unknown): OneDriveError {
  return new OneDriveError('config', `The certificate ${source} cannot be used: ${why}.`, {
    cause,
    hint: 'A PEM with CERTIFICATE and PRIVATE KEY, or a PFX, was expected under client.certificate.',
  });
}
