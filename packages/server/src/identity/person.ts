/**
 * Reads the user's input on a sign-in or consent page and returns the next step. Used by the authorization endpoint and the
 * device code page, which differ only in the response at the end.
 */

import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { World } from '../core/world.ts';
import { consentPage } from '../page/consent-page.ts';
import { signInPage } from '../page/sign-in-page.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { accountsByAge, findAccount } from './account-list.ts';
import { field } from './form.ts';
import { sameSecret } from './secrets.ts';
import { formIsOurs, type Session, startSession } from './sessions.ts';
import type { Tenant } from './tenants.ts';

/** The request that the user decides on. */
export interface Decision {
  readonly request: ServerRequest;
  readonly world: World;
  readonly tenant: Tenant;
  readonly clientId: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly loginHint?: string | undefined;
  /** The address that forms are posted to: it continues this request. */
  readonly action: string;
  /** The destination of the response, as shown to the user. */
  readonly destination?: string | undefined;
}

/** The next page to show, or the user's decision. `headers` are added to the response. */
export type Outcome =
  | { readonly kind: 'page'; readonly answer: ServerResponse }
  | {
      readonly kind: 'signed-in';
      readonly session: Session;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'accepted'; readonly account: AccountRecord }
  | { readonly kind: 'declined' }
  | { readonly kind: 'cancelled' };

/** Handles a form of the sign-in or the consent page. */
export function readDecision(
  decision: Decision,
  session: Session | undefined,
  form: URLSearchParams,
): Outcome {
  switch (field(form, 'action')) {
    case 'cancel':
      return { kind: 'cancelled' };
    case 'switch':
      return shown(askToSignIn(decision));
    case 'accept':
    case 'decline':
      return consented(decision, session, form);
    default:
      return signIn(decision, form);
  }
}

function consented(decision: Decision, session: Session | undefined, form: URLSearchParams): Outcome {
  if (!session || !decision.tenant.admits(session.account)) return shown(askToSignIn(decision));
  if (!formIsOurs(decision.world, session, field(form, 'form_key')))
    return shown(askToConsent(decision, session));
  if (form.get('action') === 'decline') return { kind: 'declined' };
  return { kind: 'accepted', account: session.account };
}

function signIn(decision: Decision, form: URLSearchParams): Outcome {
  const { world, tenant, request } = decision;
  const typed = field(form, 'account') ?? '';
  const account = typed === '' ? undefined : findAccount(world, typed);
  if (!account || !tenant.admits(account)) {
    return shown(askToSignIn(decision, { typed, problem: 'This account does not exist. (AADSTS50034)' }));
  }
  const password = field(form, 'password');
  if (account.password !== undefined && password === undefined) {
    return shown(askToSignIn(decision, { typed, problem: 'This account needs its password.' }));
  }
  if (account.password !== undefined && !sameSecret(world.digest, account.password, password ?? '')) {
    return shown(
      askToSignIn(decision, { typed, problem: 'The account or the password is wrong. (AADSTS50126)' }),
    );
  }
  const { session, cookie } = startSession(request, world, account);
  return { kind: 'signed-in', session, headers: { 'Set-Cookie': cookie } };
}

const shown = (answer: ServerResponse): Outcome => ({ kind: 'page', answer });

/** The number of accounts that the sign-in page offers; others are typed. */
const maxSuggestions = 100;

function* take<T>(count: number, values: Iterable<T>, matches: (value: T) => boolean): Generator<T> {
  let taken = 0;
  for (const value of values) {
    if (!matches(value)) continue;
    yield value;
    if (++taken === count) return;
  }
}

/** Shows the sign-in page. */
export function askToSignIn(
  { world, tenant, action, clientName, loginHint }: Decision,
  last: { readonly typed?: string; readonly problem?: string } = {},
): ServerResponse {
  const accounts = world.storage.read((records) => [
    ...take(maxSuggestions, accountsByAge(records, tenant.kind), tenant.admits),
  ]);
  return signInPage({ action, clientName, accounts, typed: last.typed ?? loginHint, problem: last.problem });
}

/** Shows the consent page. */
export function askToConsent(
  { action, clientName, clientId, scopes, destination }: Decision,
  { account, formKey }: Session,
  headers: Readonly<Record<string, string>> = {},
): ServerResponse {
  return consentPage({ action, clientName, clientId, account, scopes, formKey, destination, headers });
}
