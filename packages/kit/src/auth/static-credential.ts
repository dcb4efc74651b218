/** A credential for an existing token: from a cloud shell, a pipeline, or an embedded server. */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { TokenCredential } from '../http/token-credential.ts';

/** Properties of the token. */
export interface StaticCredentialOptions {
  /** Milliseconds since the epoch. Default: unknown, so the token is used until the service refuses it. */
  readonly expiresOnTimestamp?: number | undefined;
}

/** Returns `token` unchanged, and fails after the service has refused it. */
export function staticCredential(token: string, options: StaticCredentialOptions = {}): TokenCredential {
  const expiresOnTimestamp = options.expiresOnTimestamp ?? Number.MAX_SAFE_INTEGER;
  return {
    getToken: async (_scopes, { abortSignal, rejectedToken } = {}) => {
      abortSignal?.throwIfAborted();
      if (rejectedToken === token) {
        throw new OneDriveError('auth-required', 'The access token has expired or is not valid here.', {
          hint: ['Pass a new token, or use a sign-in, which renews tokens automatically.', signInAgain],
        });
      }
      return { token, expiresOnTimestamp };
    },
  };
}
