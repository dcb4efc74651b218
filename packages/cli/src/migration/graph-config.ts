/**
 * Converts a python-onedrive configuration to one for Microsoft Graph: notes on each change, and the text of the new file.
 * Pure. Sources: https://learn.microsoft.com/entra/identity-platform/quickstart-register-app,
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk
 */
import type { Profile } from 'onedrive-kit/config';

/** Application ids of Microsoft Graph are GUIDs; those of the Live SDK had 16 digits. */
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const usable = (id: string | undefined): id is string => id !== undefined && guid.test(id);

/** The changes, one line each. */
export function migrationNotes(profile: Profile, newClient: string | undefined): readonly string[] {
  const { client, session, request } = profile;
  const signedIn = (session.refreshToken ?? session.accessToken ?? session.code) !== undefined;
  return [
    'api: Microsoft shut down the Live v5.0 API in November 2018. The new profile uses the Microsoft Graph API.',
    clientNote(client.id, newClient),
    ...(client.secret === undefined
      ? []
      : ['client.secret: removed. Programs on a personal machine now sign in without one (PKCE).']),
    ...(signedIn
      ? ['auth: removed. Microsoft Graph does not accept tokens of login.live.com: sign in again.']
      : []),
    ...(Object.keys(request.baseHeaders).length > 0 ? ['request.base_headers: kept.'] : []),
    ...(request.timeoutMs === undefined ? [] : ['request.extra_keywords.timeout: kept as network.timeout.']),
    ...(request.poolSize === undefined
      ? []
      : ['request.adapter_settings.pool_maxsize: removed. Connections are reused automatically.']),
    ...(request.unknown ?? []).map((name) => `${name}: removed. It is not supported.`),
    'No longer available: comments. New: copying and moving folders, resumable uploads of any size, checksums, business accounts.',
  ];
}

function clientNote(old: string | undefined, newClient: string | undefined): string {
  if (newClient !== undefined) return `client.id: replaced by ${newClient}.`;
  if (usable(old))
    return 'client.id: kept. Check that the application has the permission Files.ReadWrite of Microsoft Graph.';
  return 'client.id: removed. The old application belongs to the Live SDK. Register a new one with onedrive-cli auth register, and pass it with --client-id, here or to auth.';
}

/** The text of the new file. @param from path of the old one. */
export function graphConfigOf(profile: Profile, from: string, newClient: string | undefined): string {
  const { client, request, account, network } = profile;
  const id = newClient ?? (usable(client.id) ? client.id : undefined);
  const timeoutMs = network.timeoutMs ?? request.timeoutMs;
  const headers = Object.entries(request.baseHeaders);
  return [
    `# Converted from ${from.replaceAll(/[\r\n]/g, ' ')}, which is unchanged.`,
    'api: graph',
    ...(id === undefined
      ? ['# client:', '#   id: the id of your application for Microsoft Graph']
      : ['client:', `  id: ${JSON.stringify(id)}`]),
    ...(account === undefined ? [] : [`account: ${JSON.stringify(account)}`]),
    ...(headers.length === 0
      ? []
      : [
          'request:',
          '  base_headers:',
          ...headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`),
        ]),
    ...(timeoutMs === undefined ? [] : ['network:', `  timeout: ${timeoutMs / 1000}`]),
    '',
  ].join('\n');
}
