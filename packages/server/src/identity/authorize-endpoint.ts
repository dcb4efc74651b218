/**
 * `/{tenant}/oauth2/v2.0/authorize`: signs the person in, asks for consent, sends a code back to the client.
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
import { hasConsented, selfConsenting } from './consent.ts';
import { readForm } from './form.ts';
import { askToConsent, askToSignIn, type Decision, type Outcome, readDecision } from './person.ts';
import { refusingOnPage } from './refusal-page.ts';
import { findSession, type Session } from './sessions.ts';

/** Fields of our own forms, which are no parameters of the request. */
const formFields = ['action', 'account', 'password', 'form_key'] as const;

/** What differs between the wires that sign people in: how a request is read, and what it is answered. */
export interface AuthorizeWire {
  readonly read: (target: AuthorizeTarget, parameters: URLSearchParams, ownHost: string) => AuthorizeRequest;
  readonly grant: typeof answerGranted;
  readonly refused: typeof refusalParameters;
}

/** The authorization endpoint: GET, and POST of either the request itself or of one of our forms. */
export async function authorizeEndpoint(context: RouteContext): Promise<ServerResponse> {
  const wire = { read: readAuthorize, grant: answerGranted, refused: refusalParameters };
  return authorizeBy(wire, context, context.params['tenant'] ?? '', context.query);
}

/** The endpoint of a wire: the same people, pages and consents. `query` holds the request's parameters. */
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
      const asked = wire.read(target, parameters, request.url.host);
      const decision: Step = { ...decisionOf(request, world, asked, parameters), grant: wire.grant };
      return await (form.has('action') ? decided(asked, decision, form) : arrived(asked, decision));
    } catch (error) {
      if (error instanceof OAuthRefusal) return reply(target.replyTo, wire.refused(error, request, world));
      throw error;
    }
  });
}

/** A decision to come, and what is answered when it is a yes. */
type Step = Decision & Pick<AuthorizeWire, 'grant'>;

/** OpenID Connect Core §3.1.2.1: the request's parameters may come in the query or in a form. */
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
  asked: AuthorizeRequest,
  parameters: URLSearchParams,
): Decision {
  return {
    request,
    world,
    tenant: asked.tenant,
    clientId: asked.clientId,
    clientName: asked.client?.name ?? asked.clientId,
    scopes: asked.scopes.names,
    loginHint: asked.loginHint,
    action: `${request.url.pathname}?${parameters.toString()}`,
    destination: asked.replyTo.redirectUri.split('?')[0],
  };
}

/** The client sent its person here. */
async function arrived(asked: AuthorizeRequest, decision: Step): Promise<ServerResponse> {
  const { world } = decision;
  const alone = mayConsentAlone(asked, decision) ? selfConsenting(world, asked.tenant, asked) : undefined;
  if (alone) return decision.grant(world, asked, alone);
  const session = usableSession(asked, decision);
  if (asked.prompt === 'none') return silent(asked, decision, session);
  if (!session || asked.prompt === 'login' || asked.prompt === 'select_account') return askToSignIn(decision);
  return afterSignIn(asked, decision, session);
}

/**
 * May an account consent without a person? Not because a page of another machine led the browser here; only an application
 * with a registered address gets its own answer then.
 * @throws ServiceError 403 for `auto_consent=1` from such a page.
 */
function mayConsentAlone(asked: AuthorizeRequest, { request, world }: Decision): boolean {
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
  if (asked.autoConsent) {
    requireNear(request, world, { from: 'machine', what: 'auto_consent=1' });
    if (crossSite)
      throw new ServiceError(403, 'accessDenied', 'auto_consent=1 is not for requests from another site.');
  }
  return initiator(request, world) !== 'foreign' || asked.client?.redirectUris !== undefined;
}

/** The browser's session, unless it is of another account than the request is for. */
function usableSession(asked: AuthorizeRequest, { request, world }: Decision): Session | undefined {
  const session = findSession(request, world);
  if (!session || !asked.tenant.admits(session.account)) return undefined;
  const hinted = asked.loginHint === undefined ? undefined : findAccount(world, asked.loginHint);
  const other = asked.loginHint !== undefined && hinted?.id !== session.account.id;
  return other ? undefined : session;
}

async function silent(
  asked: AuthorizeRequest,
  { world, grant }: Step,
  session: Session | undefined,
): Promise<ServerResponse> {
  if (!session) throw refusals.signInRequired();
  if (!hasConsented(world, session.account, asked.clientId, asked.scopes.names)) {
    throw refusals.consentRequired(asked.clientId);
  }
  return grant(world, asked, session.account);
}

async function afterSignIn(
  asked: AuthorizeRequest,
  decision: Step,
  session: Session,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServerResponse> {
  const { world } = decision;
  const known = hasConsented(world, session.account, asked.clientId, asked.scopes.names);
  if (known && asked.prompt !== 'consent') return decision.grant(world, asked, session.account, headers);
  return askToConsent(decision, session, headers);
}

/** The person sent one of our forms. */
async function decided(
  asked: AuthorizeRequest,
  decision: Step,
  form: URLSearchParams,
): Promise<ServerResponse> {
  const { request, world } = decision;
  const outcome: Outcome = readDecision(decision, findSession(request, world), form);
  switch (outcome.kind) {
    case 'page':
      return outcome.answer;
    case 'signed-in':
      return afterSignIn(asked, decision, outcome.session, outcome.headers);
    case 'accepted':
      return decision.grant(world, asked, outcome.account);
    case 'declined':
      throw refusals.consentDeclined();
    case 'cancelled':
      throw refusals.signInCancelled();
  }
}
