/**
 * The client credentials grant (RFC 6749 §4.4): the application acts without a user, with the permissions
 * that an administrator has consented to. Source:
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
import * as oauth from 'oauth4webapi';
import { OneDriveError } from '../../errors/index.ts';
import { exchange, type OAuthSession, oauthCall, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** Microsoft grants application permissions for a resource as a whole. */
function applicationScope(graphBaseUrl: string): string {
  return `${new URL(graphBaseUrl).origin}/.default`;
}

/**
 * Requests a token for the application itself. There is no refresh token; the grant is repeated.
 * @throws OneDriveError `config` if the tenant is not a specific one or the application has no credential.
 */
export async function clientCredentialsGrant(
  session: OAuthSession,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<TokenGrant> {
  const { tenant, graphBaseUrl } = session.endpoints;
  if (['common', 'organizations', 'consumers'].includes(tenant.toLowerCase())) throw noTenant(tenant);
  if ((session.proof?.kind ?? 'none') === 'none' && !session.clientSecret) throw noProof();
  const { server, client, authentication, options } = oauthCall(session, { idempotent: true, signal });
  return exchange(signal, async () => {
    const scope = applicationScope(graphBaseUrl);
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authentication,
      { scope },
      options,
    );
    return readGrant(await oauth.processClientCredentialsResponse(server, client, answer));
  });
}

function noTenant(tenant: string): OneDriveError {
  return new OneDriveError('config', `An application signs in to one organisation, not to "${tenant}".`, {
    hint: 'Set `tenant` (ONEDRIVE_TENANT) to the id or a domain of the organisation. Personal accounts have no application sign-in.',
  });
}

function noProof(): OneDriveError {
  return new OneDriveError('config', 'The application has no secret, certificate or federated credential.', {
    hint: 'Set one of client.certificate, client.federated_token_file, client.federation or client.secret (or the corresponding ONEDRIVE_… variables).',
  });
}
