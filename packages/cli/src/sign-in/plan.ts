/** Who is going to sign in, with which application and where: the profile, with what the command line says instead. */

import {
  type Access,
  allows,
  type CloudName,
  type CredentialWorld,
  cloudNames,
  type OAuthSession,
  oauthSession,
  type PendingSignIns,
  pendingSignIns,
  scopesFor,
  steppedUp,
} from 'onedrive-kit/auth';
import { nameForLock, type Profile, profilePath, userFolders, type YamlChange } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import { fileStore } from 'onedrive-kit/platform/node';
import type { Context } from '../context.ts';
import { comingProfile, credentialWorld } from '../session/account.ts';
import { clientProof } from './proof.ts';
import { registrationGuide } from './registration-guide.ts';

/** What the command line may say in place of the configuration; kept with a sign-in that another process finishes. */
export interface SignInOverrides {
  readonly clientId?: string | undefined;
  readonly account?: string | undefined;
  readonly tenant?: string | undefined;
  readonly cloud?: string | undefined;
  /** Words, with spaces between. */
  readonly scope?: string | undefined;
  /** The access to request. */
  readonly access?: Access | undefined;
  readonly readOnly?: 'true' | undefined;
}

export interface SignInPlan {
  readonly profile: Profile;
  readonly overrides: SignInOverrides;
  readonly session: OAuthSession;
  /** What goes into the file together with the tokens. */
  readonly settings: readonly YamlChange[];
  readonly world: CredentialWorld;
  readonly configPath: string;
  readonly pending: PendingSignIns;
  /** Of this profile in this configuration file. */
  readonly pendingName: string;
}

/**
 * Puts the plan together.
 * @throws OneDriveError `config` with the way to register an application where none is configured; `usage` with --local.
 */
export async function planSignIn(
  context: Context,
  overrides: SignInOverrides,
  scopes?: readonly string[],
): Promise<SignInPlan> {
  refuseLocal(context);
  const { profile: found, pending, pendingName } = await pendingOf(context);
  const profile = withScopes(overridden(found, overrides), overrides, scopes);
  const file = await context.configFile();
  if (!profile.client.id) throw registrationGuide(file.path);
  const transport = await context.transport();
  const proof = await clientProof(profile.client, context, transport);
  const settings = settingChanges(profile, overrides);
  const world = { ...credentialWorld(file, profile, transport, context), proof };
  return {
    profile,
    overrides,
    settings,
    session: oauthSession(profile, transport, proof),
    world,
    configPath: file.path,
    pending,
    pendingName,
  };
}

/** The profile to sign in to, which need not exist yet, and where its unfinished sign-in is kept. */
export async function pendingOf(
  context: Context,
): Promise<Pick<SignInPlan, 'profile' | 'pending' | 'pendingName'>> {
  const config = await context.config();
  const profile = comingProfile(config, context.flags, context);
  const name = checkedName(profile.name);
  const store = fileStore(context.fs, userFolders(context).state);
  return {
    profile,
    pending: pendingSignIns(store, context.clock),
    pendingName: nameForLock('pending', `${config.path}#${name}`),
  };
}

function overridden(profile: Profile, { clientId, account, tenant, cloud, scope }: SignInOverrides): Profile {
  // A secret belongs to one application.
  const client =
    clientId === undefined || clientId === profile.client.id
      ? profile.client
      : { id: clientId, secret: undefined };
  return {
    ...profile,
    client,
    account: account ?? profile.account,
    tenant: tenant ?? profile.tenant,
    cloud: knownCloud(cloud) ?? profile.cloud,
    scopes: scope === undefined ? profile.scopes : words(scope),
  };
}

/** What is asked for: what the configuration or a step names, else the smallest; what was granted before stays. */
function withScopes(
  profile: Profile,
  { access = 'read' }: SignInOverrides,
  named: readonly string[] | undefined,
): Profile {
  if (profile.scopes !== undefined || profile.api !== 'graph') return profile;
  const granted = profile.session.scopes ?? [];
  const scopes = allows(granted, access) ? granted : steppedUp(granted, access);
  return { ...profile, scopes: named ?? (granted.length === 0 ? scopesFor(access) : scopes) };
}

function settingChanges(profile: Profile, overrides: SignInOverrides): YamlChange[] {
  const { clientId, account, tenant, cloud, scope, readOnly } = overrides;
  const at = (...keys: string[]): readonly string[] => [...profilePath(profile.name), ...keys];
  const changes: readonly (YamlChange | undefined)[] = [
    clientId === undefined ? undefined : { path: at('client', 'id'), value: clientId },
    // A secret of the application that was there before would be sent along with the new one's id.
    clientId === undefined || profile.client.secret !== undefined
      ? undefined
      : { path: at('client', 'secret'), value: undefined },
    account === undefined ? undefined : { path: at('account'), value: account },
    tenant === undefined ? undefined : { path: at('tenant'), value: tenant },
    cloud === undefined ? undefined : { path: at('cloud'), value: cloud },
    scope === undefined ? undefined : { path: at('scopes'), value: words(scope) },
    readOnly === undefined ? undefined : { path: at('read_only'), value: readOnly },
  ];
  return changes.filter((change) => change !== undefined);
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function knownCloud(name: string | undefined): CloudName | undefined {
  if (name === undefined) return undefined;
  const known = cloudNames.find((one) => one === name);
  if (known === undefined)
    throw new OneDriveError('usage', `There is no cloud "${name}".`, {
      hint: `Known: ${cloudNames.join(', ')}.`,
    });
  return known;
}

function checkedName(name: string): string {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.@ -]*$/u.test(name)) return name;
  throw new OneDriveError('usage', 'A profile name has letters, digits and . _ - @ in it.');
}

function refuseLocal({ flags }: Context): void {
  if (!flags.local) return;
  throw new OneDriveError('usage', 'The drive of --local has no account to sign in to.', {
    hint: 'Leave --local out to sign in to a OneDrive account.',
  });
}
