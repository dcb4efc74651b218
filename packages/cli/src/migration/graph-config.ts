/**
 * What of an older configuration goes on over Microsoft Graph, what does not, and why: as notes for a person and as
 * the text of a new file. Pure. Sources: https://learn.microsoft.com/entra/identity-platform/quickstart-register-app,
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk
 */
import type { Profile } from 'onedrive-kit/config';

/** Ids of applications that Microsoft Graph knows are GUIDs; those of the Live SDK were 16 digits. */
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const usable = (id: string | undefined): id is string => id !== undefined && guid.test(id);

/** What changes, one line each. */
export function migrationNotes(profile: Profile, newClient: string | undefined): readonly string[] {
  const { client, session, request } = profile;
  const signedIn = (session.refreshToken ?? session.accessToken ?? session.code) !== undefined;
  return [
    'api: Microsoft switched the Live v5.0 API off in November 2018. The new profile speaks Microsoft Graph.',
    clientNote(client.id, newClient),
    ...(client.secret === undefined
      ? []
      : ["client.secret: left out. A program on a person's own machine signs in without one now (PKCE)."]),
    ...(signedIn
      ? ['auth: left out. Tokens of login.live.com mean nothing to Microsoft Graph: sign in once more.']
      : []),
    ...(Object.keys(request.baseHeaders).length > 0 ? ['request.base_headers: taken over.'] : []),
    ...(request.timeoutMs === undefined
      ? []
      : ['request.extra_keywords.timeout: taken over as network.timeout.']),
    ...(request.poolSize === undefined
      ? []
      : ['request.adapter_settings.pool_maxsize: left out. Connections are kept and shared by themselves.']),
    ...(request.unknown ?? []).map((name) => `${name}: left out. It is not supported here.`),
    'What is lost: comments, which Microsoft Graph does not have. What is gained: copying and moving folders, uploads of any size that go on after a break, checksums, Business accounts.',
  ];
}

function clientNote(old: string | undefined, newClient: string | undefined): string {
  if (newClient !== undefined) return `client.id: ${newClient} in place of the old one.`;
  if (usable(old))
    return 'client.id: taken over. Check that the application asks for Files.ReadWrite of Microsoft Graph.';
  return 'client.id: left out. The old application belongs to the Live SDK; register a new one (onedrive-cli auth says how) and name it with --client-id, here or with auth.';
}

/** The text of the new file. @param from path of the old one. */
export function graphConfigOf(profile: Profile, from: string, newClient: string | undefined): string {
  const { client, request, account, network } = profile;
  const id = newClient ?? (usable(client.id) ? client.id : undefined);
  const timeoutMs = network.timeoutMs ?? request.timeoutMs;
  const headers = Object.entries(request.baseHeaders);
  return [
    `# Made from ${from.replaceAll(/[\r\n]/g, ' ')}, which is as it was.`,
    'api: graph',
    ...(id === undefined
      ? ['# client:', '#   id: the application as registered for Microsoft Graph']
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
