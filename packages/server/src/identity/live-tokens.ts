/** Tokens as login.live.com gave them: opaque, good for an hour, `bearer` in lower case, the scopes as they were asked. */
import type { World } from '../core/world.ts';
import { opaqueToken, rememberToken } from './access-tokens.ts';
import type { Grant } from './token-answer.ts';

export interface LiveTokens {
  readonly token_type: 'bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly access_token: string;
  readonly user_id: string;
}

/** An access token of v5.0 lives for 3600 seconds; those of Graph say 3599. */
function lifetime(world: World): number {
  return world.settings.identity.accessTokenLifetime + 1000;
}

/** Makes an access token for what was granted. */
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
