/** Accepts the forms in which a program has access tokens. */
import { OneDriveError } from '../errors/index.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import { staticCredential } from './static-credential.ts';

/** Returns a valid access token. Called for each request, so it should cache. */
export type TokenFunction = () => string | Promise<string>;

/** A credential, a function that returns tokens, or a token. */
export type CredentialInput = TokenCredential | TokenFunction | string;

/**
 * The credential for any of the accepted forms.
 * @throws OneDriveError `usage` for anything else.
 */
export function toCredential(input: CredentialInput): TokenCredential {
  if (typeof input === 'string') return staticCredential(input);
  if (typeof input === 'function') return functionCredential(input);
  if (typeof (input as Partial<TokenCredential> | null | undefined)?.getToken === 'function') return input;
  throw new OneDriveError('usage', `The credential is of the type ${typeof input}, or has no getToken.`, {
    hint: 'Pass an access token, a function that returns one, or an object with getToken, such as a credential of @azure/identity.',
  });
}

function functionCredential(tokenOf: TokenFunction): TokenCredential {
  return {
    getToken: async (_scopes, { abortSignal } = {}) => {
      abortSignal?.throwIfAborted();
      return { token: await tokenOf(), expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
    },
  };
}
