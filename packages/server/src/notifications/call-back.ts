/**
 * Calls to a subscriber: the validation request when a subscription is created, and notifications with retries.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
import { base64url } from '../core/base-encodings.ts';
import { ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import type { Delivered, Delivery } from './deliver.ts';

/** Timeout for the validation response, in milliseconds. */
const handshakeTime = 10_000;
/** Timeout for the response to a notification, in milliseconds. */
const answerTime = 30_000;
/** Milliseconds before each retry: four hours in total. */
const retryDelays = [10_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 3_600_000, 4_140_000];

/** @throws ServiceError 400 if the subscriber does not return 200 with the token as text in time. */
export async function shakeHands(world: World, notificationUrl: string): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${base64url(world.random.bytes(12))}`;
  const url = new URL(notificationUrl);
  url.searchParams.set('validationToken', token);
  let answer: Delivered;
  try {
    answer = await within(world, handshakeTime, {
      url,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: '',
    });
  } catch {
    throw refused('the notification URL did not answer in 10 seconds');
  }
  if (answer.status !== 200) throw refused(`the notification URL answered ${answer.status} instead of 200`);
  if (!answer.contentType.startsWith('text/plain'))
    throw refused('the notification URL did not answer with text/plain');
  if (answer.text !== token)
    throw refused('the notification URL did not answer with the decoded validation token');
}

/** Code and first sentences as recorded in abraunegg/onedrive, webhook.d, which recognizes this error by them. */
const refused = (why: string) =>
  new ServiceError(
    400,
    'InvalidRequest',
    `Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request. Reason: ${why}.`,
    { inner: ['validationFailed'] },
  );

/** Sends a notification, with retries for about four hours. @returns whether it was accepted. */
export async function notify(
  world: World,
  notificationUrl: string,
  value: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  const delivery = {
    url: new URL(notificationUrl),
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ value }),
  };
  for (const delay of [...retryDelays, undefined]) {
    if (await isTaken(world, delivery, signal)) return true;
    if (delay !== undefined) await world.clock.sleep(delay, { signal });
  }
  return false;
}

async function isTaken(
  world: World,
  delivery: Omit<Delivery, 'signal'>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { status } = await within(world, answerTime, delivery, signal);
    return status >= 200 && status < 300;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Sends a request that is aborted after `ms`. */
async function within(
  world: World,
  ms: number,
  delivery: Omit<Delivery, 'signal'>,
  outer?: AbortSignal,
): Promise<Delivered> {
  const done = new AbortController();
  const late = new AbortController();
  const timer = world.clock.sleep(ms, { signal: done.signal }).then(
    () => late.abort(new Error(`No response within ${ms} ms.`)),
    () => {},
  );
  try {
    const signal = outer === undefined ? late.signal : AbortSignal.any([late.signal, outer]);
    return await world.deliver({ ...delivery, signal });
  } finally {
    done.abort(new Error('answered'));
    await timer;
  }
}
