/** Subscriptions (webhooks): https://learn.microsoft.com/graph/api/subscription-post-subscriptions and related pages. */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import { accessContext } from '../core/guard.ts';
import { guidOf } from '../core/guid.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { prefers } from '../core/odata/prefer.ts';
import { accessDenied, invalidRequest, itemNotFound, ServiceError } from '../core/service-error.ts';
import { parseTimestamp, timestamp } from '../core/timestamps.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import { selectDrive } from '../files/drives/select-drive.ts';
import { parseDriveAddress } from '../files/items/drive-address.ts';
import type { Json } from '../files/items/item-json.ts';
import { findItem } from '../files/items/resolve.ts';
import { isFolder } from '../files/items/tree.ts';
import { isServerItself } from '../guard/initiator.ts';
import { levelOn, reaches } from '../sharing/access.ts';
import type { Records } from '../storage/storage.ts';
import { shakeHands } from './call-back.ts';
import { mayCall } from './deliver.ts';
import { type SubscriptionRecord, subscriptions } from './subscription-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const files = { access: 'files' } as const;

export const subscriptionRoutes: readonly GraphRoute[] = [
  {
    ...files,
    method: 'POST',
    path: 'subscriptions',
    writes: false,
    source: `${docs}/subscription-post-subscriptions`,
    handle: async (context) => subscribe(context),
  },
  {
    ...files,
    method: 'GET',
    path: 'subscriptions',
    writes: false,
    source: `${docs}/subscription-list`,
    handle: async (context) => listSubscriptions(context),
  },
  {
    ...files,
    method: 'GET',
    path: 'subscriptions/{id}',
    writes: false,
    source: `${docs}/subscription-get`,
    handle: async (context) => answerSubscription(context),
  },
  {
    ...files,
    method: 'PATCH',
    path: 'subscriptions/{id}',
    writes: false,
    source: `${docs}/subscription-update`,
    handle: renew,
  },
  {
    ...files,
    method: 'DELETE',
    path: 'subscriptions/{id}',
    writes: false,
    source: `${docs}/subscription-delete`,
    handle: unsubscribe,
  },
  {
    ...files,
    method: 'POST',
    path: 'subscriptions/{id}/reauthorize',
    writes: false,
    source: `${docs}/subscription-reauthorize`,
    handle: reauthorize,
  },
];

/** Maximum lifetime in milliseconds: https://learn.microsoft.com/graph/api/resources/subscription#subscription-lifetime */
const maxLifetime = 42_300 * 60_000;

/** @param resource the resource in the URL; default: the one in the body. @throws ServiceError 400, 403, 404, 409. */
export async function subscribe(context: GraphContext, resource?: string) {
  const { world, caller } = context;
  const sent = await readEntity(context.request);
  const body = resource === undefined ? sent : { ...sent, resource };
  const requested = { ...readUrls(context, body), ...readState(body), expires: readExpiry(context, body) };
  if (body['changeType'] !== 'updated')
    throw invalidRequest('The only changeType that drive items support is updated.');
  const watched = readResource(context, body['resource']);
  const key = { resource: String(body['resource']), accountId: caller.account.id, clientId: caller.clientId };
  checkDuplicate(context, { ...key, notificationUrl: requested.notificationUrl });
  await shakeHands(world, requested.notificationUrl);
  if (requested.lifecycleNotificationUrl !== undefined)
    await shakeHands(world, requested.lifecycleNotificationUrl);
  const subscription: SubscriptionRecord = {
    id: guidOf(world.random.bytes(16)).toLowerCase(),
    ...key,
    ...requested,
    ...watched,
    ...authorized(context),
    security: prefers(context.request.headers, 'includesecuritywebhooks'),
  };
  world.storage.write((records) => subscriptions.put(records, subscription.id, subscription));
  return answerOne(context, subscription, 201);
}

/**
 * @throws ServiceError 400 for a URL that may not be called. This server is excluded: its own API would accept the request.
 */
function readUrls(
  { request }: GraphContext,
  body: Json,
): Pick<SubscriptionRecord, 'notificationUrl' | 'lifecycleNotificationUrl'> {
  const url = (name: string): string => {
    const text = body[name];
    if (typeof text !== 'string' || !URL.canParse(text) || !mayCall(new URL(text)))
      throw invalidRequest(`The property ${name} must be an https URL.`, 'invalidParameterFormat');
    if (isServerItself(new URL(text), request))
      throw invalidRequest(
        `The property ${name} must not be a URL of this server.`,
        'invalidParameterFormat',
      );
    return text;
  };
  const lifecycle = body['lifecycleNotificationUrl'];
  return {
    notificationUrl: url('notificationUrl'),
    ...(lifecycle === undefined || lifecycle === null
      ? {}
      : { lifecycleNotificationUrl: url('lifecycleNotificationUrl') }),
  };
}

function readState(body: Json): Pick<SubscriptionRecord, 'clientState' | 'latestSupportedTlsVersion'> {
  const { clientState, latestSupportedTlsVersion: tls } = body;
  if (
    clientState !== undefined &&
    clientState !== null &&
    (typeof clientState !== 'string' || clientState.length > 128)
  )
    throw invalidRequest('The property clientState must be a string of up to 128 characters.');
  return {
    ...(typeof clientState === 'string' ? { clientState } : {}),
    ...(typeof tls === 'string' ? { latestSupportedTlsVersion: tls } : {}),
  };
}

function readExpiry({ world }: GraphContext, { expirationDateTime: text }: Json): number {
  const time = typeof text === 'string' ? parseTimestamp(text) : undefined;
  if (time === undefined)
    throw invalidRequest(
      'The property expirationDateTime is missing or is not a timestamp.',
      'invalidParameterFormat',
    );
  if (time <= world.clock.now() || time > world.clock.now() + maxLifetime)
    throw invalidRequest('Subscription expiration can only be within 42300 minutes from now.');
  return time;
}

/** The watched item: a folder of a personal drive, or the root of any drive. @throws ServiceError 400, 403, 404. */
function readResource(context: GraphContext, resource: unknown) {
  const address =
    typeof resource === 'string'
      ? parseDriveAddress(resource.startsWith('/') ? resource : `/${resource}`, () => null)
      : undefined;
  const selector = address?.item;
  if (address === undefined || selector === undefined || address.tail.length > 0)
    throw invalidRequest('The property resource must be the root or a folder of a drive.');
  const { drive } = selectDrive(context, address.drive);
  return context.world.storage.read((records) => {
    const item = findItem(records, drive, selector);
    if (!isFolder(item)) throw invalidRequest('Only folders can be watched.');
    if (item.parent !== 0 && drive.kind !== 'personal')
      throw invalidRequest('On this drive only the root can be watched.', 'notSupported');
    if (!reaches(levelOn(records, drive, item, accessContext(context)), 'read')) throw accessDenied();
    return { driveId: drive.id, item: item.key, told: records.lastSequence(drive.number) };
  });
}

type Combination = Pick<SubscriptionRecord, 'resource' | 'accountId' | 'clientId' | 'notificationUrl'>;

/** @throws ServiceError 409 for a combination that already has a subscription. */
function checkDuplicate(context: GraphContext, requested: Combination): void {
  const same = living(context).find(
    (one) =>
      one.resource === requested.resource &&
      one.accountId === requested.accountId &&
      one.clientId === requested.clientId &&
      one.notificationUrl === requested.notificationUrl,
  );
  if (same === undefined) return;
  const message = `Subscription Id ${same.id} already exists for the requested combination`;
  throw new ServiceError(409, 'ObjectIdentifierInUse', message);
}

/** The subscriptions of the caller's account, of any application, that have not expired. */
function living({ world, caller }: GraphContext): readonly SubscriptionRecord[] {
  return world.storage
    .read((records: Records) => subscriptions.find(records, `account:${caller.account.id}`))
    .filter((one) => one.expires > world.clock.now());
}

/** The caller's own subscriptions that the same application created. */
function ofCaller(context: GraphContext): readonly SubscriptionRecord[] {
  const { clientId } = context.caller;
  return living(context).filter((one) => one.clientId === clientId);
}

/** @throws ServiceError 404. */
function own(context: GraphContext): SubscriptionRecord {
  const subscription = ofCaller(context).find((one) => one.id === param(context, 'id').toLowerCase());
  if (subscription === undefined) throw itemNotFound('The subscription could not be found.');
  return subscription;
}

/** The caller's own subscriptions: all, or those on the item with that key. */
export async function listSubscriptions(context: GraphContext, item?: number) {
  const value = ofCaller(context).filter((one) => item === undefined || one.item === item);
  return answerCollection(context, 'subscriptions', value.map(subscriptionJson));
}

/** The subscription in the address. @throws ServiceError 404. */
export const answerSubscription = (context: GraphContext) => answerOne(context, own(context));

/** @throws ServiceError 404, 400. */
export async function renew(context: GraphContext) {
  const body = await readEntity(context.request);
  const subscription = own(context);
  const urls: Partial<SubscriptionRecord> =
    body['notificationUrl'] === undefined ? {} : readUrls(context, body);
  if (urls.notificationUrl !== undefined) await shakeHands(context.world, urls.notificationUrl);
  const expires = body['expirationDateTime'] === undefined ? subscription.expires : readExpiry(context, body);
  return context.world.storage.write((records) => {
    const known = subscriptions.get(records, subscription.id) ?? subscription;
    const changed = { ...known, ...urls, expires, ...authorized(context) };
    subscriptions.put(records, subscription.id, changed);
    return answerOne(context, changed);
  });
}

/** Changes that a new token makes: https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
const authorized = ({ caller }: GraphContext): Pick<SubscriptionRecord, 'authorizedUntil' | 'asked'> => ({
  authorizedUntil: caller.tokenExpires,
  asked: false,
});

/** @throws ServiceError 404. */
export async function reauthorize(context: GraphContext) {
  const subscription = own(context);
  context.world.storage.write((records) =>
    subscriptions.put(records, subscription.id, { ...subscription, ...authorized(context) }),
  );
  return empty(204);
}

/** @throws ServiceError 404. */
export async function unsubscribe(context: GraphContext) {
  const { id } = own(context);
  context.world.storage.write((records) => subscriptions.delete(records, id));
  return empty(204);
}

function answerOne(context: GraphContext, subscription: SubscriptionRecord, status = 200) {
  const about = `${context.links.base}/$metadata#subscriptions/$entity`;
  return json(status, { '@odata.context': about, ...subscriptionJson(subscription) });
}

function subscriptionJson(one: SubscriptionRecord): Json {
  const { id, resource, clientId, notificationUrl, lifecycleNotificationUrl, clientState } = one;
  return {
    id,
    resource,
    applicationId: clientId,
    changeType: 'updated',
    clientState: clientState ?? null,
    notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: lifecycleNotificationUrl ?? null,
    expirationDateTime: timestamp(one.expires, 'personal'),
    creatorId: one.accountId,
    latestSupportedTlsVersion: one.latestSupportedTlsVersion ?? 'v1_2',
    includeResourceData: null,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
