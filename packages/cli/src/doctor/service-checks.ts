/** Checks of the service and of the account: answers, clocks, token, scopes, drive, room. */
import { allows, resolveEndpoints } from 'onedrive-kit/auth';
import { type Profile } from 'onedrive-kit/config';
import { getDrive } from 'onedrive-kit/graph';
import { discard } from 'onedrive-kit/http';
import type { Context } from '../context.ts';
import { graphUrlOf } from '../session/account.ts';
import { driveRefOf } from '../session/account-session.ts';
import { setting } from '../session/setting.ts';
import { isSignedIn } from '../sign-in/where.ts';
import { type Finding, finding } from './finding.ts';

/** Does the sign-in service know the tenant, and how far is its clock from ours? */
export async function signInService(context: Context, profile: Profile): Promise<readonly Finding[]> {
  const { server, authority } = resolveEndpoints({
    ...profile.endpoints,
    cloud: profile.cloud,
    tenant: profile.tenant,
  });
  const url = `${server.issuer.replace(/\/v2\.0$/, '')}/v2.0/.well-known/openid-configuration`;
  const { status, date } = await asked(context, url);
  const reached =
    status === 200
      ? finding('sign-in service', 'ok', authority)
      : finding(
          'sign-in service',
          'fail',
          `${authority} answers ${String(status)}`,
          'Check `tenant`, `cloud` and `endpoints` of the profile.',
        );
  return [reached, clock(context, date)];
}

/** Microsoft Graph answers 401 to whoever shows no token: that is all that is wanted here. */
export async function graphService(context: Context, profile: Profile): Promise<Finding> {
  const base = graphUrlOf(profile);
  const { status } = await asked(context, `${base}/me`);
  if (status === 401 || status === 200) return finding('graph', 'ok', base);
  return finding(
    'graph',
    'fail',
    `${base} answers ${String(status)}`,
    'Check `cloud` and `endpoints`, and any proxy in between.',
  );
}

async function asked(
  context: Context,
  url: string,
): Promise<{ readonly status: number; readonly date: string | undefined }> {
  const transport = await context.transport();
  const response = await transport({ method: 'GET', url, headers: {}, signal: context.signal });
  await discard(response);
  return { status: response.status, date: response.headers['date'] };
}

/** Certificates and signed proofs fail beyond five minutes; tokens here do not mind. */
function clock({ clock: own }: Context, date: string | undefined): Finding {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return finding('clock', 'skip', 'the service does not say what time it is');
  const seconds = Math.round((own.now() - theirs) / 1000);
  const found =
    Math.abs(seconds) < 2 ? 'right' : `${String(Math.abs(seconds))} s ${seconds > 0 ? 'ahead' : 'behind'}`;
  if (Math.abs(seconds) < 120) return finding('clock', 'ok', found);
  return finding(
    'clock',
    Math.abs(seconds) < 300 ? 'warn' : 'fail',
    found,
    'Set the clock of this machine, for example by NTP.',
  );
}

/** Does the sign-in give a token? */
export async function token(context: Context, profile: Profile): Promise<Finding> {
  const given = setting(context.env['ONEDRIVE_TOKEN']) !== undefined;
  if (!given && !isSignedIn(profile))
    return finding(
      'token',
      'fail',
      'not signed in',
      'Run `onedrive-cli auth` (the first time: `onedrive-cli auth register`).',
    );
  const credential = await context.credential();
  const answer = await credential.getToken([], { abortSignal: context.signal });
  const until =
    answer && answer.expiresOnTimestamp < Number.MAX_SAFE_INTEGER
      ? `until ${new Date(answer.expiresOnTimestamp).toISOString()}`
      : 'as given';
  return finding('token', 'ok', until);
}

/** What the sign-in allows, and what that leaves out. */
export async function scopes(profile: Profile): Promise<Finding> {
  const granted = profile.session.scopes;
  if (granted === undefined) return finding('scopes', 'skip', 'the sign-in does not say');
  const found = granted.join(' ');
  if (!allows(granted, 'read'))
    return finding('scopes', 'fail', found, 'Run: onedrive-cli auth --access read');
  if (allows(granted, 'write') || profile.readOnly) return finding('scopes', 'ok', found);
  return finding('scopes', 'ok', `${found} (reading only; commands that change files ask for more)`);
}

/** The drive answers, and has room. */
export async function drive(context: Context, profile: Profile): Promise<readonly Finding[]> {
  const client = await context.client();
  const { id, driveType, quota } = await getDrive(client, await driveRefOf(profile, client, context.signal), {
    signal: context.signal,
  });
  const found = finding('drive', 'ok', `${driveType ?? 'drive'} ${id}`);
  if (quota?.remaining === undefined) return [found, finding('quota', 'skip', 'the service does not say')];
  const percent = quota.total ? Math.round((quota.remaining / quota.total) * 100) : 100;
  const room = `${String(percent)} % free`;
  const full = quota.remaining <= 0;
  if (full || percent < 5)
    return [
      found,
      finding(
        'quota',
        full ? 'fail' : 'warn',
        room,
        'Remove files, and empty the recycle bin: it counts too.',
      ),
    ];
  return [found, finding('quota', 'ok', room)];
}
