/**
 * `/{tenant}/oauth2/v2.0/authorize`: signs the user in, asks for consent, and returns a code to the client.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
 */

import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import { ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { initiator, requireNear } from '../guard/cross-origin.ts';
import { OAuthRefusal, refusals } from './aadsts.ts';
import { findAccount } from './account-list.ts';
import { answerGranted, refusalParameters, reply } from './authorize-answer.ts';
import {
  type AuthorizeRequest,
  type AuthorizeTarget,
  readAuthorize,
  readTarget,
} from './authorize-request.ts';
import { findAutomaticConsent, hasConsented } from './consent.ts';
import { readForm } from './form.ts';
import { askToConsent, askToSignIn, type Decision, type Outcome, readDecision } from './person.ts';
import { refusingOnPage } from './refusal-page.ts';
import { findSession, type Session } from './sessions.ts';

/** Fields of this server's own forms; they are not parameters of the request. */
const formFields = ['action', 'account', 'password', 'form_key'] as const;

/** The parts of sign-in that differ between v2.0, v1.0 and Live: how a request is read and how it is answered. */
export interface AuthorizeWire {
  readonly read: (target: AuthorizeTarget, parameters: URLSearchParams, ownHost: string) => AuthorizeRequest;
  readonly grant: typeof answerGranted;
  readonly refused: typeof refusalParameters;
}

/** The authorization endpoint: GET, and POST of either the request itself or one of this server's forms. */
export async function authorizeEndpoint(context: RouteContext): Promise<ServerResponse> {
  const wire = { read: readAuthorize, grant: answerGranted, refused: refusalParameters };
  return authorizeBy(wire, context, context.params['tenant'] ?? '', context.query);
}

/**
 * The endpoint for one protocol version. All versions share accounts, pages and consents. `query` returns the parameters of
 * the request.
 */
export async function authorizeBy(
  wire: AuthorizeWire,
  { request, world }: RouteContext,
  tenant: string,
  query: URLSearchParams,
): Promise<ServerResponse> {
  return refusingOnPage(request, world, async () => {
    const form = request.method === 'POST' ? await readForm(request) : new URLSearchParams();
    const parameters = merged(query, form);
    if (form.has('action')) requireNear(request, world, { from: 'server', what: 'The sign-in form' });
    const target = readTarget(request, world, tenant, parameters);
    try {
      const authorization = wire.read(target, parameters, request.url.host);
      const decision: Step = { ...decisionOf(request, world, authorization, parameters), grant: wire.grant };
      return await (form.has('action')
        ? decided(authorization, decision, form)
        : firstResponse(authorization, decision));
    } catch (error) {
      if (error instanceof OAuthRefusal) return reply(target.replyTo, wire.refused(error, request, world));
      throw error;
    }
  });
}

/** A pending authorization request, and how to answer it when the user consents. */
type Step = Decision & Pick<AuthorizeWire, 'grant'>;

/** OpenID Connect Core §3.1.2.1: the parameters of the request may be sent in the query or in a form. */
function merged(query: URLSearchParams, form: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of form) {
    if (!formFields.some((own) => own === name)) parameters.append(name, value);
  }
  return parameters;
}

function decisionOf(
  request: ServerRequest,
  world: World,
  authorization: AuthorizeRequest,
  parameters: URLSearchParams,
): Decision {
  return {
    request,
    world,
    tenant: authorization.tenant,
    clientId: authorization.clientId,
    clientName: authorization.client?.name ?? authorization.clientId,
    scopes: authorization.scopes.names,
    loginHint: authorization.loginHint,
    action: `${request.url.pathname}?${parameters.toString()}`,
    destination: authorization.replyTo.redirectUri.split('?')[0],
  };
}

/** Handles the first request: the client redirected the browser to this endpoint. */
async function firstResponse(authorization: AuthorizeRequest, decision: Step): Promise<ServerResponse> {
  const { world } = decision;
  const automaticAccount = mayConsentAutomatically(authorization, decision)
    ? findAutomaticConsent(world, authorization.tenant, authorization)
    : undefined;
  if (automaticAccount) return decision.grant(world, authorization, automaticAccount);
  const session = usableSession(authorization, decision);
  if (authorization.prompt === 'none') return silent(authorization, decision, session);
  if (!session || authorization.prompt === 'login' || authorization.prompt === 'select_account')
    return askToSignIn(decision);
  return afterSignIn(authorization, decision, session);
}

/**
 * Whether an account may consent without user interaction. If a page of another site opened this address, only a registered
 * application may.
 * @throws ServiceError 403 for `auto_consent=1` in a request from such a page.
 */
function mayConsentAutomatically(authorization: AuthorizeRequest, { request, world }: Decision): boolean {
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
  if (authorization.autoConsent) {
    requireNear(request, world, { from: 'machine', what: 'auto_consent=1' });
    if (crossSite)
      throw new ServiceError(403, 'accessDenied', 'auto_consent=1 is not for requests from another site.');
  }
  return initiator(request, world) !== 'foreign' || authorization.client?.redirectUris !== undefined;
}

/** The browser's session, unless it belongs to another account than the request asks for. */
function usableSession(authorization: AuthorizeRequest, { request, world }: Decision): Session | undefined {
  const session = findSession(request, world);
  if (!session || !authorization.tenant.admits(session.account)) return undefined;
  const hinted =
    authorization.loginHint === undefined ? undefined : findAccount(world, authorization.loginHint);
  const other = authorization.loginHint !== undefined && hinted?.id !== session.account.id;
  return other ? undefined : session;
}

async function silent(
  authorization: AuthorizeRequest,
  { world, grant }: Step,
  session: Session | undefined,
): Promise<ServerResponse> {
  if (!session) throw refusals.signInRequired();
  if (!hasConsented(world, session.account, authorization.clientId, authorization.scopes.names)) {
    throw refusals.consentRequired(authorization.clientId);
  }
  return grant(world, authorization, session.account);
}

async function afterSignIn(
  authorization: AuthorizeRequest,
  decision: Step,
  session: Session,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServerResponse> {
  const { world } = decision;
  const isConsented = hasConsented(
    world,
    session.account,
    authorization.clientId,
    authorization.scopes.names,
  );
  if (isConsented && authorization.prompt !== 'consent')
    return decision.grant(world, authorization, session.account, headers);
  return askToConsent(decision, session, headers);
}

/** Handles a submitted form of the sign-in or consent page. */
async function decided(
  authorization: AuthorizeRequest,
  decision: Step,
  form: URLSearchParams,
): Promise<ServerResponse> {
  const { request, world } = decision;
  const outcome: Outcome = readDecision(decision, findSession(request, world), form);
  switch (outcome.kind) {
    case 'page':
      return outcome.answer;
    case 'signed-in':
      return afterSignIn(authorization, decision, outcome.session, outcome.headers);
    case 'accepted':
      return decision.grant(world, authorization, outcome.account);
    case 'declined':
      throw refusals.consentDeclined();
    case 'cancelled':
      throw refusals.signInCancelled();
  }
}
