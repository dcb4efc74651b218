/** Properties that the bodies of createLink, invite and permission updates have in common. */

import { invalidRequest, notSupported } from '../core/service-error.ts';
import { parseTimestamp } from '../core/timestamps.ts';
import type { ItemContext } from '../files/drives/drive-route.ts';

type Body = Readonly<Record<string, unknown>>;

/** Characters: https://learn.microsoft.com/graph/api/driveitem-invite */
const messageLimit = 2000;

/**
 * Reads `expirationDateTime`; the year 1 and an absent value mean no expiry. @throws ServiceError 400 for a time that is
 * invalid or in the past.
 */
export function readExpiry(context: Pick<ItemContext, 'world'>, body: Body): number | undefined {
  const { expirationDateTime: text } = body;
  if (text === undefined || text === null || text === '') return undefined;
  const time = typeof text === 'string' ? parseTimestamp(text) : undefined;
  if (time === undefined)
    throw invalidRequest('The property expirationDateTime is not a timestamp.', 'invalidParameterFormat');
  if (new Date(time).getUTCFullYear() <= 1) return undefined;
  if (time <= context.world.clock.now())
    throw invalidRequest('The property expirationDateTime lies in the past.', 'invalidParameterFormat');
  return time;
}

/** Reads `password`, on drives that support it. @throws ServiceError 400 on other drives. */
export function readPassword(context: Pick<ItemContext, 'drive'>, body: Body): string | undefined {
  const { password } = body;
  if (password === undefined || password === null || password === '') return undefined;
  if (typeof password !== 'string')
    throw invalidRequest('The property password must be a string.', 'invalidParameterFormat');
  if (context.drive.kind !== 'personal')
    throw notSupported('Passwords are available on OneDrive Personal only.', 400);
  return password;
}

/** Reads `retainInheritedPermissions`: false removes inherited permissions from the item. */
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

/** Reads `roles` for people. @throws ServiceError 400 for roles other than read and write (and owner on business drives). */
export function readRoles(context: Pick<ItemContext, 'drive'>, body: Body): readonly string[] {
  const { roles } = body;
  const supportedRoles = context.drive.kind === 'personal' ? ['read', 'write'] : ['read', 'write', 'owner'];
  const valid =
    Array.isArray(roles) && roles.length > 0 && roles.every((role) => supportedRoles.includes(String(role)));
  if (!valid)
    throw invalidRequest(
      `The property roles must contain one of ${supportedRoles.join(', ')}.`,
      'invalidParameterFormat',
    );
  return roles.map(String);
}

/** Reads the addresses in `recipients`: `email`, or `objectId` and `alias` of accounts on this server. */
export function readRecipients(body: Body): readonly { readonly email?: string; readonly id?: string }[] {
  const { recipients } = body;
  if (!Array.isArray(recipients) || recipients.length === 0)
    throw invalidRequest('The property recipients must not be empty.', 'invalidParameterFormat');
  return recipients.map((recipient: unknown) => {
    const { email, alias, objectId } = (recipient ?? {}) as Record<string, unknown>;
    const address = typeof email === 'string' && email !== '' ? email : alias;
    if (typeof address === 'string' && address !== '') return { email: address };
    if (typeof objectId === 'string' && objectId !== '') return { id: objectId };
    throw invalidRequest('A recipient needs an email, an alias or an objectId.', 'invalidParameterFormat');
  });
}
