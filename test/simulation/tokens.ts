/** Access tokens of a schedule: a new one for each request, or one that is used until the service refuses it. */
import type { TokenCredential } from '../../packages/kit/src/http/token-credential.ts';
import type { EmbeddedOneDrive } from '../../packages/server/src/index.ts';

/** One for each request: nothing ends. */
export function alwaysFresh(server: EmbeddedOneDrive): TokenCredential {
  return { getToken: async () => ({ token: server.token(), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
}

/**
 * One for as long as it lives, by a clock that does not know how long: its end is met as a 401 in the middle of things.
 * @param life milliseconds.
 * @param refused is called with each one that had ended.
 */
export function untilRefused(server: EmbeddedOneDrive, life: number, refused: () => void): TokenCredential {
  const fresh = () => ({
    token: server.token({ expiresIn: life }),
    expiresOnTimestamp: Number.MAX_SAFE_INTEGER,
  });
  let held = fresh();
  return {
    async getToken(_, options) {
      if (options?.rejectedToken === held.token) {
        refused();
        held = fresh();
      }
      return held;
    },
  };
}
