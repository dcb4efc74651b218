/** The device code grant (RFC 8628): a code to enter on another machine, and the wait until somebody has. */
import * as oauth from 'oauth4webapi';
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { withExpectedIssuer } from '../id-token-issuer.ts';
import { exchange, type OAuthSession, oauthCall, readGrant, refusalCode } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** What the person needs, and what the wait needs. */
export interface DeviceCode {
  /** To be typed on the page. */
  readonly userCode: string;
  /** The page. */
  readonly verificationUri: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Secret. */
  readonly deviceCode: string;
  /** Milliseconds between two questions. */
  readonly intervalMs: number;
}

/** What a sign-in by device code takes. */
export interface DeviceOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** What RFC 8628 §3.5 adds to the interval after `slow_down`, and the default interval. */
const step = 5000;

/** Asks for a code. @throws OneDriveError `config` where the application may not use device codes. */
export async function requestDeviceCode(
  session: OAuthSession,
  scopes: readonly string[],
  { clock, signal }: DeviceOptions,
): Promise<DeviceCode> {
  const { server, client, authentication, options } = oauthCall(session, { idempotent: true, signal });
  return exchange(signal, async () => {
    const parameters = { scope: scopes.join(' ') };
    const answer = await oauth.deviceAuthorizationRequest(
      server,
      client,
      authentication,
      parameters,
      options,
    );
    const code = await oauth.processDeviceAuthorizationResponse(server, client, answer);
    return {
      userCode: code.user_code,
      verificationUri: code.verification_uri,
      expiresAt: clock.now() + code.expires_in * 1000,
      deviceCode: code.device_code,
      intervalMs: code.interval === undefined ? step : code.interval * 1000,
    };
  });
}

/**
 * Waits until somebody has entered the code. A network that fails meanwhile only makes the questions rarer.
 * @throws OneDriveError `auth-failed` when it was declined or has expired; `signal.reason` when aborted.
 */
export async function awaitDeviceCode(
  session: OAuthSession,
  code: DeviceCode,
  { clock, signal }: DeviceOptions,
): Promise<TokenGrant> {
  let intervalMs = code.intervalMs;
  for (;;) {
    await clock.sleep(intervalMs, { signal });
    if (clock.now() >= code.expiresAt) throw expired();
    const outcome = await ask(session, code, signal);
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'slower') intervalMs += step;
  }
}

async function ask(
  session: OAuthSession,
  { deviceCode }: DeviceCode,
  signal: AbortSignal | undefined,
): Promise<TokenGrant | 'pending' | 'slower'> {
  const { server, client, authentication, options } = oauthCall(session, { idempotent: false, signal });
  return exchange(signal, async () => {
    try {
      const answer = await oauth.deviceCodeGrantRequest(server, client, authentication, deviceCode, options);
      const expected = await withExpectedIssuer(session.endpoints, answer);
      return readGrant(await oauth.processDeviceCodeResponse(expected, client, answer));
    } catch (error) {
      if (refusalCode(error) === 'authorization_pending') return 'pending';
      const passing = isOneDriveError(error) && ['network', 'service', 'throttled'].includes(error.code);
      if (refusalCode(error) === 'slow_down' || (passing && !signal?.aborted)) return 'slower';
      throw error;
    }
  });
}

function expired(): OneDriveError {
  return new OneDriveError('auth-failed', 'Nobody entered the device code in time; it has expired.', {
    hint: { step: 'operation', operation: 'restart', to: 'get a new code' },
  });
}
