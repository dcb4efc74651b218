/** Tokens in the format of login.live.com: opaque, valid for one hour, `bearer` in lower case, and scopes as requested. */
import type { World } from '../core/world.ts';
import { opaqueToken, rememberToken } from './access-tokens.ts';
import type { Grant } from './token-answer.ts';

export interface LiveTokens {
  readonly token_type: 'bearer';
  /** Lifetime in seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly access_token: string;
  readonly user_id: string;
}

/** Access tokens of the Live v5.0 API live for 3600 seconds; those of Graph for 3599. */
function lifetime(world: World): number {
  return world.settings.identity.accessTokenLifetime + 1000;
}

/** Issues an access token for a grant. */
export function liveTokens(
  world: World,
  grant: Pick<Grant, 'account' | 'clientId' | 'scopes' | 'written'>,
): LiveTokens {
  const { account, clientId, scopes, written } = grant;
  const token = opaqueToken(world);
  const life = lifetime(world);
  rememberToken(world, token, { accountId: account.id, clientId, scopes, expires: world.clock.now() + life });
  return {
    token_type: 'bearer',
    expires_in: Math.floor(life / 1000),
    scope: written.join(' '),
    access_token: token,
    user_id: account.id,
  };
}
