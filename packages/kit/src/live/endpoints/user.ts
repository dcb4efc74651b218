/** The signed-in user: identity, permissions and picture. */
import { OneDriveError } from '../../errors/index.ts';
import { discard } from '../../http/read.ts';
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type CallOptions, objectPath, send, sendForObject } from '../send.ts';
import type { LiveCollection, LiveUser } from '../types/index.ts';

/**
 * A user. @param user `me` or a user id.
 * @see MSDN hh243648, "User object"
 * @throws LiveError `auth-required`, `access-denied`, `not-found`
 */
export function getUser(client: LiveClient, user = 'me', options: CallOptions = {}): Promise<LiveUser> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: objectPath(user),
    what: 'read who is signed in',
    options,
  });
}

/** The scopes that were granted. @see MSDN hh243648, "Permissions object" */
export async function getPermissions(
  client: LiveClient,
  options: CallOptions = {},
): Promise<readonly string[]> {
  const what = 'read the granted permissions';
  const answer = await sendForObject<LiveCollection<Readonly<Record<string, number>>>>(client, {
    method: 'GET',
    contract: contracts.read,
    url: 'me/permissions',
    what,
    options,
  });
  return answer.data.flatMap((granted) => Object.keys(granted).filter((scope) => granted[scope] === 1));
}

/**
 * The address of a user's picture. Documented as a redirect. @see MSDN hh243648, "User object", "picture"
 * @throws LiveError `not-found`; OneDriveError `protocol` if the response has no address.
 */
export async function getPictureUrl(
  client: LiveClient,
  user = 'me',
  options: CallOptions = {},
): Promise<string> {
  const what = 'find the picture of the user';
  const url = `${objectPath(user)}/picture`;
  const response = await send(client, {
    method: 'GET',
    contract: contracts.getPictureUrl,
    url,
    what,
    options,
  });
  await discard(response);
  const location = response.headers['location'];
  if (location !== undefined && URL.canParse(location, client.baseUrl))
    return new URL(location, client.baseUrl).href;
  throw new OneDriveError('protocol', `Could not ${what}: the response has no address.`);
}
