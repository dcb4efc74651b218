/** A credential for a token that somebody already has: from a cloud shell, a pipeline, or an embedded server. */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { TokenCredential } from '../http/token-credential.ts';

/** What is known of a token that was handed over. */
export interface StaticCredentialOptions {
  /** Milliseconds since the epoch; default: unknown, so the token is handed out until the service refuses it. */
  readonly expiresOnTimestamp?: number | undefined;
}

/** Hands out `token` as it is, and says so when the service has refused it. */
export function staticCredential(token: string, options: StaticCredentialOptions = {}): TokenCredential {
  const expiresOnTimestamp = options.expiresOnTimestamp ?? Number.MAX_SAFE_INTEGER;
  return {
    getToken: async (_scopes, { abortSignal, rejectedToken } = {}) => {
      abortSignal?.throwIfAborted();
      if (rejectedToken === token) {
        throw new OneDriveError(
          'auth-required',
          'The access token that was given has expired or is not valid here.',
          {
            hint: ['Pass a new token, or use a sign-in, which renews tokens automatically.', signInAgain],
          },
        );
      }
      return { token, expiresOnTimestamp };
    },
  };
}
