/**
 * The device code grant (RFC 8628): requests a code to enter on another device, and waits until the user has
 * entered it.
 */
import * as oauth from 'oauth4webapi';
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { withExpectedIssuer } from '../id-token-issuer.ts';
import { exchange, type OAuthSession, oauthCall, readGrant, refusalCode } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** What to show to the user, and the data for the wait. */
export interface DeviceCode {
  /** To be entered on the page. */
  readonly userCode: string;
  /** The address of the page. */
  readonly verificationUri: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Secret. */
  readonly deviceCode: string;
  /** Milliseconds between two polls. */
  readonly intervalMs: number;
}

/** Options of a sign-in by device code. */
export interface DeviceOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** The addition to the interval after `slow_down` (RFC 8628 §3.5), which is also the default interval. */
const step = 5000;

/** Requests a code. @throws OneDriveError `config` if the application may not use device codes. */
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
 * Waits until the user has entered the code. Network failures only make the polls less frequent.
 * @throws OneDriveError `auth-failed` if it was declined or has expired; `signal.reason` when aborted.
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
  return new OneDriveError('auth-failed', 'The device code was not entered in time and has expired.', {
    hint: { step: 'operation', operation: 'restart', to: 'get a new code' },
  });
}
