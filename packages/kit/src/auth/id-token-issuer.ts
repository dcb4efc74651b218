/**
 * Under `common`, `organizations` and `consumers`, the issuer of an id token is the account's own tenant,
 * which only the token contains. The issuer must still follow a rule: the same authority, with the token's
 * own `tid`. Source: https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
 */
import type { AuthorizationServer } from 'oauth4webapi';
import { textOfBase64url } from './base64url.ts';
import type { Endpoints } from './endpoints.ts';

/**
 * Returns the server metadata with the issuer that the id token in `answer`, if any, must have; the token is
 * validated afterwards.
 */
export async function withExpectedIssuer(
  endpoints: Endpoints,
  answer: Response,
): Promise<AuthorizationServer> {
  const body: unknown = await answer.clone().json();
  const idToken = typeof body === 'object' && body !== null && 'id_token' in body ? body.id_token : undefined;
  const tenantId = typeof idToken === 'string' ? tenantOf(idToken) : undefined;
  if (tenantId === undefined) return endpoints.server;
  return { ...endpoints.server, issuer: `${endpoints.authority}/${tenantId}/v2.0` };
}

function tenantOf(idToken: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(textOfBase64url(idToken.split('.')[1] ?? ''));
    const tid = typeof claims === 'object' && claims !== null && 'tid' in claims ? claims.tid : undefined;
    return typeof tid === 'string' && /^[\w-]+$/.test(tid) ? tid : undefined;
  } catch {
    return undefined;
  }
}
