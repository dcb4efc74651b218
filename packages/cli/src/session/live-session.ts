/**
 * Opens a drive over the Live v5.0 API: of an account, at the addresses of its profile, or embedded. Uses the same
 * transport and decorators as for Microsoft Graph.
 */

import { createOneDrive } from '@onedrive-kit/server';
import { liveAddresses, liveScopes, type RefreshingCredential, staticCredential } from 'onedrive-kit/auth';
import { driveOn, type LiveProviderOptions, liveProvider } from 'onedrive-kit/drive';
import type { HeaderMap, TokenCredential, Transport } from 'onedrive-kit/http';
import { handlerTransport } from 'onedrive-kit/http';
import type { LiveClient } from 'onedrive-kit/live';
import type { Context } from '../context.ts';
import type { World } from '../world.ts';
import { accountCredential } from './account-session.ts';
import { localFolder } from './local-folder.ts';
import { localStorage, openingLocal } from './local-storage.ts';
import { faulty, liveClient, wire } from './network.ts';
import { networkOptions, routeHeaders } from './network-options.ts';
import { driveWorld, type Session } from './session.ts';

/** @throws OneDriveError `auth-required` if the profile is not signed in, `config`. */
export async function openLiveAccount(context: Context, world: World): Promise<Session> {
  const profile = await context.profile();
  const credential = await accountCredential(context, profile, world);
  const { baseUrl, storageUrl } = liveAddresses(profile.endpoints.live);
  const scopes = profile.scopes ?? liveScopes;
  const headers = routeHeaders(profile);
  const transport = wire(world, await networkOptions(profile.network, world));
  const { readOnly } = profile;
  const route = {
    transport,
    credential,
    baseUrl,
    storageUrl,
    scopes,
    headers,
    readOnly,
    scope: `${profile.name} live ${baseUrl}`,
    profile: profile.name,
  };
  return sessionOf(route, context, world, async () => {});
}

/** Opens the embedded OneDrive, which serves both APIs. */
export async function openLocalLive(context: Context, world: World): Promise<Session> {
  const { clock, random } = world;
  const folder = localFolder(context.flags, world);
  const storage = await localStorage(folder);
  const server = await openingLocal(folder, () => createOneDrive({ storage, clock, random }));
  const credential = staticCredential(server.token({ keep: false }));
  const transport = faulty(handlerTransport(server.handler), world);
  const { baseUrl, storageUrl } = liveAddresses('https://onedrive.local');
  const route = {
    transport,
    credential,
    baseUrl,
    storageUrl,
    scopes: liveScopes,
    scope: `local live ${folder}`,
  };
  return sessionOf(route, context, world, () => server.close());
}

interface LiveRoute {
  readonly transport: Transport;
  readonly credential: TokenCredential | RefreshingCredential;
  readonly baseUrl: string;
  readonly storageUrl: string;
  readonly scopes: readonly string[];
  readonly headers?: HeaderMap;
  readonly readOnly?: boolean;
  /** Identifies the account, for the journal of transfers. */
  readonly scope: string;
  readonly profile?: string;
}

function sessionOf(route: LiveRoute, { flags }: Context, world: World, close: () => Promise<void>): Session {
  const { storageUrl, credential, scope } = route;
  const live: LiveClient = { ...liveClient(route, flags, world), storageUrl };
  const drive = (options: LiveProviderOptions = {}) =>
    driveOn(liveProvider(live, world.random, options), driveWorld(world, scope));
  return { client: live, live, credential, drive, close };
}
