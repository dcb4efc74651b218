/** Origins of pages on other machines that may use this server: those given with `cors`, and registered single-page apps. */

import type { World } from '../core/world.ts';
import { listClients } from '../identity/clients.ts';

/** Was `origin` given with `cors`, or is it that of a redirect URI of a single-page application? */
export function isListedOrigin(world: Pick<World, 'settings' | 'storage'>, origin: string): boolean {
  return (
    world.settings.cors.includes(origin) ||
    listClients(world).some(
      ({ singlePage, redirectUris = [] }) =>
        singlePage === true && redirectUris.some((uri) => originOf(uri) === origin),
    )
  );
}

function originOf(uri: string): string | undefined {
  return /^https?:/i.test(uri) && URL.canParse(uri) ? new URL(uri).origin : undefined;
}

/**
 * The origins of a `cors` setting, each checked.
 * @throws Error for what is not an origin. `null` and `*` are refused: every page on the web can have those.
 */
export function readOrigins(origins: readonly string[]): readonly string[] {
  const wrong = origins.find((origin) => !/^[a-z][a-z\d+.-]*:\/\/[^/?#@\s*]+$/.test(origin));
  if (wrong !== undefined)
    throw new Error(
      `"${wrong}" is not an origin. Give scheme and host as a browser sends them, without a path: https://app.example.`,
    );
  return origins;
}
