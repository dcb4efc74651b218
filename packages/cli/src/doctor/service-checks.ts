/** Checks of the service and the account: responses, clock, token, scopes, drive, quota. */
import { allows, resolveEndpoints } from 'onedrive-kit/auth';
import { type Profile } from 'onedrive-kit/config';
import { getDrive } from 'onedrive-kit/graph';
import { discard } from 'onedrive-kit/http';
import type { Context } from '../context.ts';
import { graphUrlOf } from '../session/account.ts';
import { driveRefOf } from '../session/account-session.ts';
import { setting } from '../session/setting.ts';
import { isSignedIn } from '../sign-in/secret-location.ts';
import { type Finding, finding } from './finding.ts';

/** Checks that the sign-in service knows the tenant, and compares its clock with the local one. */
export async function signInService(context: Context, profile: Profile): Promise<readonly Finding[]> {
  const { server, authority } = resolveEndpoints({
    ...profile.endpoints,
    cloud: profile.cloud,
    tenant: profile.tenant,
  });
  const url = `${server.issuer.replace(/\/v2\.0$/, '')}/v2.0/.well-known/openid-configuration`;
  const { status, date } = await responseOf(context, url);
  const reached =
    status === 200
      ? finding('sign-in service', 'ok', authority)
      : finding(
          'sign-in service',
          'fail',
          `${authority} responds with status ${String(status)}`,
          'Check the settings tenant, cloud and endpoints: onedrive-cli config show --origin',
        );
  return [reached, clock(context, date)];
}

/** Checks that Microsoft Graph responds; 401 is the expected status without a token. */
export async function graphService(context: Context, profile: Profile): Promise<Finding> {
  const base = graphUrlOf(profile);
  const { status } = await responseOf(context, `${base}/me`);
  if (status === 401 || status === 200) return finding('graph', 'ok', base);
  return finding(
    'graph',
    'fail',
    `${base} responds with status ${String(status)}`,
    'Check the settings cloud and endpoints, and any proxy: onedrive-cli config show --origin',
  );
}

async function responseOf(
  context: Context,
  url: string,
): Promise<{ readonly status: number; readonly date: string | undefined }> {
  const transport = await context.transport();
  const response = await transport({ method: 'GET', url, headers: {}, signal: context.signal });
  await discard(response);
  return { status: response.status, date: response.headers['date'] };
}

/** The difference of the clocks. Certificates and signed assertions fail beyond five minutes; tokens do not. */
function clock({ clock: local }: Context, date: string | undefined): Finding {
  const remoteMs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(remoteMs)) return finding('clock', 'skip', 'the service does not report its time');
  const seconds = Math.round((local.now() - remoteMs) / 1000);
  const found =
    Math.abs(seconds) < 2 ? 'correct' : `${String(Math.abs(seconds))} s ${seconds > 0 ? 'ahead' : 'behind'}`;
  if (Math.abs(seconds) < 120) return finding('clock', 'ok', found);
  return finding(
    'clock',
    Math.abs(seconds) < 300 ? 'warn' : 'fail',
    found,
    'Set the clock of this machine, for example by NTP.',
  );
}

/** Checks that the sign-in yields a token. */
export async function token(context: Context, profile: Profile): Promise<Finding> {
  const fromEnvironment = setting(context.env['ONEDRIVE_TOKEN']) !== undefined;
  if (!fromEnvironment && !isSignedIn(profile))
    return finding(
      'token',
      'fail',
      'not signed in',
      'Run `onedrive-cli auth` (the first time: `onedrive-cli auth register`).',
    );
  const credential = await context.credential();
  const accessToken = await credential.getToken([], { abortSignal: context.signal });
  const until =
    accessToken && accessToken.expiresOnTimestamp < Number.MAX_SAFE_INTEGER
      ? `valid until ${new Date(accessToken.expiresOnTimestamp).toISOString()}`
      : 'set, with unknown expiry';
  return finding('token', 'ok', until);
}

/** Checks which access the sign-in allows. */
export async function scopes(profile: Profile): Promise<Finding> {
  const granted = profile.session.scopes;
  if (granted === undefined) return finding('scopes', 'skip', 'the sign-in does not list them');
  const found = granted.join(' ');
  if (!allows(granted, 'read'))
    return finding('scopes', 'fail', found, 'Run: onedrive-cli auth --access read');
  if (allows(granted, 'write') || profile.readOnly) return finding('scopes', 'ok', found);
  return finding('scopes', 'ok', `${found} (read access only; commands that change files will ask for more)`);
}

/** Checks that the drive can be read and has free space. */
export async function drive(context: Context, profile: Profile): Promise<readonly Finding[]> {
  const client = await context.client();
  const { id, driveType, quota } = await getDrive(client, await driveRefOf(profile, client, context.signal), {
    signal: context.signal,
  });
  const found = finding('drive', 'ok', `${driveType ?? 'drive'} ${id}`);
  if (quota?.remaining === undefined)
    return [found, finding('quota', 'skip', 'the service does not report it')];
  const percent = quota.total ? Math.round((quota.remaining / quota.total) * 100) : 100;
  const freeSpace = `${String(percent)} % free`;
  const full = quota.remaining <= 0;
  if (full || percent < 5)
    return [
      found,
      finding(
        'quota',
        full ? 'fail' : 'warn',
        freeSpace,
        'Remove files, and empty the recycle bin, which uses space too.',
      ),
    ];
  return [found, finding('quota', 'ok', freeSpace)];
}
