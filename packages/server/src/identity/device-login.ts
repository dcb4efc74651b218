/** The page where the user enters a device's code, signs in and consents. */

import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { requireNear } from '../guard/cross-origin.ts';
import { deviceCodePage, deviceDonePage } from '../page/device-pages.ts';
import { findClient } from './clients.ts';
import { rememberConsent } from './consent.ts';
import { devicePath, foldUserCode } from './device-authorization.ts';
import { field, readForm } from './form.ts';
import { askToConsent, askToSignIn, type Decision, readDecision } from './person.ts';
import { type DeviceCodeRecord, type DeviceDecision, deviceCodes, userCodes } from './records.ts';
import { refusingOnPage } from './refusal-page.ts';
import { findSession } from './sessions.ts';
import { findTenant } from './tenants.ts';

/** `GET` and `POST` of the device page; Microsoft's own links have the code in the parameter `otc`. */
export async function deviceLogin(context: RouteContext): Promise<ServerResponse> {
  const { request, world, query } = context;
  if (request.method === 'POST') requireNear(request, world, { from: 'server', what: 'The sign-in form' });
  const typed = field(query, 'user_code') ?? field(query, 'otc');
  if (typed === undefined) return deviceCodePage({ action: devicePath });
  const pending = findPending(world, foldUserCode(typed));
  if (!pending) {
    return deviceCodePage({
      action: devicePath,
      typed,
      problem: 'That code is unknown, used or has expired.',
    });
  }
  return refusingOnPage(request, world, async () => {
    const form = request.method === 'POST' ? await readForm(request) : undefined;
    return form ? decided(context, pending, form) : arrived(context, pending);
  });
}

interface Pending {
  readonly digest: string;
  readonly record: DeviceCodeRecord;
}

function findPending(world: World, userCode: string): Pending | undefined {
  return world.storage.read((records) => {
    const digest = userCodes.get(records, userCode)?.device;
    const record = digest === undefined ? undefined : deviceCodes.get(records, digest);
    if (digest === undefined || record?.decision.kind !== 'pending') return undefined;
    return record.expires > world.clock.now() ? { digest, record } : undefined;
  });
}

/**
 * Always shows the consent page, even to a signed-in user: an attacker's code must not be approved without the user seeing
 * it.
 */
function arrived(context: RouteContext, pending: Pending): ServerResponse {
  const decision = decisionOf(context, pending);
  const session = findSession(context.request, context.world);
  return session && decision.tenant.admits(session.account)
    ? askToConsent(decision, session)
    : askToSignIn(decision);
}

function decided(context: RouteContext, pending: Pending, form: URLSearchParams): ServerResponse {
  const { request, world } = context;
  const { clientId, scopes } = pending.record;
  const decision = decisionOf(context, pending);
  const outcome = readDecision(decision, findSession(request, world), form);
  switch (outcome.kind) {
    case 'page':
      return outcome.answer;
    case 'signed-in':
      return askToConsent(decision, outcome.session, outcome.headers);
    case 'accepted':
      rememberConsent(world, outcome.account, clientId, scopes);
      settle(world, pending, { kind: 'approved', accountId: outcome.account.id });
      return deviceDonePage(true, decision.clientName);
    case 'declined':
    case 'cancelled':
      settle(world, pending, { kind: 'declined' });
      return deviceDonePage(false, decision.clientName);
  }
}

function settle(world: World, { digest }: Pending, decision: DeviceDecision): void {
  world.storage.write((records) => {
    const record = deviceCodes.get(records, digest);
    if (record?.decision.kind === 'pending') deviceCodes.put(records, digest, { ...record, decision });
  });
}

function decisionOf({ request, world }: RouteContext, { record }: Pending): Decision {
  const { clientId, scopes, userCode, tenantName } = record;
  return {
    request,
    world,
    tenant: findTenant(world, tenantName),
    clientId,
    clientName: findClient(world, clientId)?.name ?? clientId,
    scopes,
    action: `${devicePath}?${new URLSearchParams({ user_code: userCode }).toString()}`,
  };
}
