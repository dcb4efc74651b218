/** What bodies of createLink, invite and permission updates have in common. */

import { invalidRequest, notSupported } from '../core/service-error.ts';
import { parseTimestamp } from '../core/timestamps.ts';
import type { ItemContext } from '../files/drives/drive-route.ts';

type Body = Readonly<Record<string, unknown>>;

/** Characters: https://learn.microsoft.com/graph/api/driveitem-invite */
const messageLimit = 2000;

/** `expirationDateTime`; the year 1 and nothing mean none. @throws ServiceError 400 for what is no time to come. */
export function readExpiry(context: Pick<ItemContext, 'world'>, body: Body): number | undefined {
  const { expirationDateTime: text } = body;
  if (text === undefined || text === null || text === '') return undefined;
  const time = typeof text === 'string' ? parseTimestamp(text) : undefined;
  if (time === undefined)
    throw invalidRequest('The property expirationDateTime is not a time.', 'invalidParameterFormat');
  if (new Date(time).getUTCFullYear() <= 1) return undefined;
  if (time <= context.world.clock.now())
    throw invalidRequest('The property expirationDateTime lies in the past.', 'invalidParameterFormat');
  return time;
}

/** `password`, on drives that keep one. @throws ServiceError 400 elsewhere. */
export function readPassword(context: Pick<ItemContext, 'drive'>, body: Body): string | undefined {
  const { password } = body;
  if (password === undefined || password === null || password === '') return undefined;
  if (typeof password !== 'string')
    throw invalidRequest('The property password must be a string.', 'invalidParameterFormat');
  if (context.drive.kind !== 'personal')
    throw notSupported('Passwords are available on OneDrive Personal only.', 400);
  return password;
}

/** `retainInheritedPermissions`: false cuts the item off from the permissions above it. */
export function keepsInherited(body: Body): boolean {
  return body['retainInheritedPermissions'] !== false;
}

/** @throws ServiceError 400 for a message that is too long. */
export function checkMessage(body: Body): void {
  const { message } = body;
  if (message !== undefined && message !== null && typeof message !== 'string')
    throw invalidRequest('The property message must be a string.', 'invalidParameterFormat');
  if (typeof message === 'string' && message.length > messageLimit)
    throw invalidRequest(`The message is longer than ${messageLimit} characters.`, 'parameterIsTooLong');
}

/** `roles` as given to people. @throws ServiceError 400 for others than read and write (owner on business drives). */
export function readRoles(context: Pick<ItemContext, 'drive'>, body: Body): readonly string[] {
  const { roles } = body;
  const known = context.drive.kind === 'personal' ? ['read', 'write'] : ['read', 'write', 'owner'];
  const valid =
    Array.isArray(roles) && roles.length > 0 && roles.every((role) => known.includes(String(role)));
  if (!valid)
    throw invalidRequest(
      `The property roles must hold one of ${known.join(', ')}.`,
      'invalidParameterFormat',
    );
  return roles.map(String);
}

/** Addresses in `recipients`: `email`, or `objectId` and `alias` of accounts that are here. */
export function readRecipients(body: Body): readonly { readonly email?: string; readonly id?: string }[] {
  const { recipients } = body;
  if (!Array.isArray(recipients) || recipients.length === 0)
    throw invalidRequest('The property recipients must name someone.', 'invalidParameterFormat');
  return recipients.map((recipient: unknown) => {
    const { email, alias, objectId } = (recipient ?? {}) as Record<string, unknown>;
    const address = typeof email === 'string' && email !== '' ? email : alias;
    if (typeof address === 'string' && address !== '') return { email: address };
    if (typeof objectId === 'string' && objectId !== '') return { id: objectId };
    throw invalidRequest('A recipient needs an email, an alias or an objectId.', 'invalidParameterFormat');
  });
}
