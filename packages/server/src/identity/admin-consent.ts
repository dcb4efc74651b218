/**
 * `/{tenant}/adminconsent`: an administrator consents to an application for the whole organization. On this server every
 * person who opens the page counts as an administrator. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */

import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { requireNear } from '../guard/cross-origin.ts';
import { isServerItself } from '../guard/initiator.ts';
import { collection } from '../storage/collection.ts';
import { OAuthRefusal, refusals } from './aadsts.ts';
import { findClient } from './clients.ts';
import { field } from './form.ts';
import { redirectAllowed, withAnswer } from './redirect-uri.ts';
import { refusingOnPage } from './refusal-page.ts';
import { findTenant } from './tenants.ts';

const adminConsents = collection<{ readonly given: true }>('admin-consent');

/** Stores the consent and redirects the administrator back to the application. */
export async function adminConsent({ request, world, params, query }: RouteContext): Promise<ServerResponse> {
  return refusingOnPage(request, world, async () => {
    requireNear(request, world, { from: 'machine', what: "An administrator's consent" });
    const tenant = findTenant(world, params['tenant'] ?? '');
    const clientId = field(query, 'client_id');
    const redirectUri = field(query, 'redirect_uri');
    if (clientId === undefined) throw refusals.missingParameter('client_id', 'query');
    if (redirectUri === undefined) throw refusals.missingParameter('redirect_uri', 'query');
    const registered = findClient(world, clientId)?.redirectUris;
    const rules = { registered, clientId, isOwn: (url: URL) => isServerItself(url, request) };
    if (!redirectAllowed(redirectUri, rules)) throw refusals.redirectMismatch(redirectUri);
    world.storage.write((records) => adminConsents.put(records, clientId.toLowerCase(), { given: true }));
    const state = field(query, 'state');
    const answer = {
      admin_consent: 'True',
      tenant: tenant.issuerId,
      ...(state === undefined ? {} : { state }),
    };
    return {
      status: 303,
      headers: { Location: withAnswer(redirectUri, 'query', answer), 'Cache-Control': 'no-store' },
    };
  });
}

/** @throws OAuthRefusal 90094 when the application requires an administrator's consent and has none. */
export function checkAdminConsent(world: World, clientId: string): void {
  const isRequired = findClient(world, clientId)?.adminConsentOnly === true;
  const consent = world.storage.read((records) => adminConsents.get(records, clientId.toLowerCase()));
  if (isRequired && !consent)
    throw new OAuthRefusal(90094, 'access_denied', 'The grant requires admin permission.');
}
