/**
 * Reads who signed in from the id token of a token response. The token itself is removed from every log; a
 * server that replays the log can create a token with the same claims.
 */

/** Names of users and tenants; none of them grants access. */
const kept = ['tid', 'name', 'preferred_username', 'email'];

/** The claims that a log may contain; undefined if `body` is not JSON with an id token. */
export function personIn(body: string): Readonly<Record<string, string>> | undefined {
  if (!body.includes('"id_token"')) return undefined;
  try {
    const { id_token: token } = JSON.parse(body) as { id_token?: unknown };
    if (typeof token !== 'string') return undefined;
    const claims: unknown = JSON.parse(textOf(token.split('.')[1] ?? ''));
    const told = Object.entries(typeof claims === 'object' && claims !== null ? claims : {});
    return Object.fromEntries(
      told.filter(
        (entry): entry is [string, string] => kept.includes(entry[0]) && typeof entry[1] === 'string',
      ),
    );
  } catch {
    return undefined;
  }
}

function textOf(base64url: string): string {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
