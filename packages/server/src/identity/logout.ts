/**
 * `/{tenant}/oauth2/v2.0/logout`: signs the browser out. Tokens remain valid:
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
 */

import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { isServerItself } from '../guard/initiator.ts';
import { signedOutPage } from '../page/answer-pages.ts';
import { listClients } from './clients.ts';
import { field, readForm } from './form.ts';
import { redirectAllowed, withAnswer } from './redirect-uri.ts';
import { refusingOnPage } from './refusal-page.ts';
import { endSession } from './sessions.ts';

/** Ends the session and redirects to the given address if it is a valid redirect URI. */
export async function logout({ request, world, query }: RouteContext): Promise<ServerResponse> {
  return refusingOnPage(request, world, async () => {
    const parameters = request.method === 'POST' ? await readForm(request) : query;
    const cookie = endSession(request, world);
    const back = field(parameters, 'post_logout_redirect_uri');
    const clientId = field(parameters, 'client_id') ?? '';
    if (back === undefined || !allowedBack(world, back, clientId, request)) {
      return signedOutPage({ 'Set-Cookie': cookie });
    }
    const state = field(parameters, 'state');
    const location = state === undefined ? back : withAnswer(back, 'query', { state });
    return {
      status: 303,
      headers: { Location: location, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
    };
  });
}

function allowedBack(world: World, back: string, clientId: string, request: ServerRequest): boolean {
  const registered = listClients(world).flatMap((client) => client.redirectUris ?? []);
  return [undefined, registered].some((known) =>
    redirectAllowed(back, { clientId, isOwn: (url) => isServerItself(url, request), registered: known }),
  );
}
