/**
 * The input of every grant. A grant is a function that validates this input and returns what is granted; the token endpoint
 * issues the tokens.
 */
import type { ServerRequest } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import type { AuthenticatedClient } from '../client-authentication.ts';
import type { Tenant } from '../tenants.ts';
import type { Grant } from '../token-answer.ts';

export interface GrantRequest {
  readonly world: World;
  readonly request: ServerRequest;
  readonly tenant: Tenant;
  readonly client: AuthenticatedClient;
  readonly form: URLSearchParams;
}

/** @throws OAuthRefusal when the grant is invalid. */
export type GrantType = (request: GrantRequest) => Promise<Omit<Grant, 'origin' | 'clientInfo'>>;
