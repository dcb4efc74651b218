/**
 * The client credentials grant (RFC 6749 §4.4): the application acts for itself, with what an administrator has
 * consented to. Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
import * as oauth from 'oauth4webapi';
import { OneDriveError } from '../../errors/index.ts';
import { exchange, type OAuthSession, oauthCall, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** Microsoft knows application permissions by their resource as a whole. */
function applicationScope(graphBaseUrl: string): string {
  return `${new URL(graphBaseUrl).origin}/.default`;
}

/**
 * A token for the application itself; there is no refresh token, the grant is repeated.
 * @throws OneDriveError `config` when the tenant is none in particular or the application has no way to prove itself.
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
  return new OneDriveError('config', 'The application has nothing to prove itself with.', {
    hint: 'Configure one of client.certificate, client.federated_token_file, client.federation or client.secret (or their ONEDRIVE_… variables).',
  });
}
