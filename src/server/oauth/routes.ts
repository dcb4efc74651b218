/** Every address of the identity service, in one list. */
import type { Route } from '../route.ts';
import { tokenEndpoint } from './token-endpoint.ts';

const docs = 'https://learn.microsoft.com/entra/identity-platform';

export const oauthRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: '/{tenant}/oauth2/v2.0/token',
    source: `${docs}/v2-oauth2-auth-code-flow`,
    handle: tokenEndpoint,
  },
];
