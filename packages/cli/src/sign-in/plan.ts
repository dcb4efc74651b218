/** Plans a sign-in: the profile with the overrides of the command line, and everything that the sign-in needs. */

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
import { credentialWorld, existingOrNewProfile } from '../session/account.ts';
import { clientProof } from './proof.ts';
import { registrationGuide } from './registration-guide.ts';

/** Settings from the command line that override the configuration; stored with a sign-in that another process finishes. */
export interface SignInOverrides {
  readonly clientId?: string | undefined;
  readonly account?: string | undefined;
  readonly tenant?: string | undefined;
  readonly cloud?: string | undefined;
  /** Scopes, separated by spaces. */
  readonly scope?: string | undefined;
  /** The access to request. */
  readonly access?: Access | undefined;
  readonly readOnly?: 'true' | undefined;
}

export interface SignInPlan {
  readonly profile: Profile;
  readonly overrides: SignInOverrides;
  readonly session: OAuthSession;
  /** Settings that are written to the file together with the tokens. */
  readonly settings: readonly YamlChange[];
  readonly world: CredentialWorld;
  readonly configPath: string;
  readonly pending: PendingSignIns;
  /** The name of the pending sign-in of this profile in this configuration file. */
  readonly pendingName: string;
}

/**
 * Plans a sign-in.
 * @throws OneDriveError `config` if no application is configured, with a hint how to register one; `usage` with --local.
 */
export async function planSignIn(
  context: Context,
  overrides: SignInOverrides,
  scopes?: readonly string[],
): Promise<SignInPlan> {
  refuseLocal(context);
  const { profile: configured, pending, pendingName } = await pendingOf(context);
  const profile = withScopes(overridden(configured, overrides), overrides, scopes);
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

/** The profile to sign in to, which need not exist yet, and the store of its pending sign-in. */
export async function pendingOf(
  context: Context,
): Promise<Pick<SignInPlan, 'profile' | 'pending' | 'pendingName'>> {
  const config = await context.config();
  const profile = existingOrNewProfile(config, context.flags, context);
  const name = checkedName(profile.name);
  const store = fileStore(context.fs, userFolders(context).state);
  return {
    profile,
    pending: pendingSignIns(store, context.clock),
    pendingName: nameForLock('pending', `${config.path}#${name}`),
  };
}

function overridden(profile: Profile, { clientId, account, tenant, cloud, scope }: SignInOverrides): Profile {
  // The secret belongs to the configured application only.
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

/** Adds the scopes to request: those of the configuration or the step-up, else the minimum and those granted before. */
function withScopes(
  profile: Profile,
  { access = 'read' }: SignInOverrides,
  scopesOverride: readonly string[] | undefined,
): Profile {
  if (profile.scopes !== undefined || profile.api !== 'graph') return profile;
  const granted = profile.session.scopes ?? [];
  const scopes = allows(granted, access) ? granted : steppedUp(granted, access);
  return { ...profile, scopes: scopesOverride ?? (granted.length === 0 ? scopesFor(access) : scopes) };
}

function settingChanges(profile: Profile, overrides: SignInOverrides): YamlChange[] {
  const { clientId, account, tenant, cloud, scope, readOnly } = overrides;
  const at = (...keys: string[]): readonly string[] => [...profilePath(profile.name), ...keys];
  const changes: readonly (YamlChange | undefined)[] = [
    clientId === undefined ? undefined : { path: at('client', 'id'), value: clientId },
    // Otherwise the secret of the previous application would be sent with the id of the new one.
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
  const cloud = cloudNames.find((candidate) => candidate === name);
  if (cloud === undefined)
    throw new OneDriveError('usage', `Unknown cloud "${name}".`, {
      hint: `Clouds: ${cloudNames.join(', ')}.`,
    });
  return cloud;
}

function checkedName(name: string): string {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.@ -]*$/u.test(name)) return name;
  throw new OneDriveError(
    'usage',
    `Invalid profile name "${name}": use letters, digits, spaces and . _ - @, and start with a letter, a digit or _.`,
  );
}

function refuseLocal({ flags }: Context): void {
  if (!flags.local) return;
  throw new OneDriveError('usage', 'The --local drive has no account to sign in to.', {
    hint: 'Omit --local to sign in to a OneDrive account.',
  });
}
