/** `/oidc/userinfo`: the signed-in user. https://learn.microsoft.com/entra/identity-platform/userinfo */
import { json } from '../core/answers.ts';
import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import { graphOrigin } from '../listen/intercept/cloud-hosts.ts';
import { authenticate, signedInPerson } from './access-tokens.ts';
import { subjectOf } from './token-answer.ts';

/** Requires a token with any scope; `sub` is that of the id token. */
export async function userInfo({ request, world }: RouteContext): Promise<ServerResponse> {
  const caller = authenticate(request, world);
  const account = signedInPerson(caller);
  return json(200, {
    sub: subjectOf(world, account, caller.clientId),
    name: account.displayName,
    family_name: account.surname,
    given_name: account.givenName,
    picture: `${graphOrigin(request.url)}/v1.0/me/photo/$value`,
    email: account.mail,
  });
}
