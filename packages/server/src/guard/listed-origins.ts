/**
 * Origins of pages on other machines that may call this server: those allowed with `cors`, and those of registered
 * single-page applications.
 */

import type { World } from '../core/world.ts';
import { listClients } from '../identity/clients.ts';

/** Whether `origin` is allowed with `cors`, or is the origin of a redirect URI of a single-page application. */
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
 * Validates the origins of a `cors` setting.
 * @throws Error for an invalid origin. `null` and `*` are refused: every page on the web can have those.
 */
export function readOrigins(origins: readonly string[]): readonly string[] {
  const wrong = origins.find((origin) => !/^[a-z][a-z\d+.-]*:\/\/[^/?#@\s*]+$/.test(origin));
  if (wrong !== undefined)
    throw new Error(
      `"${wrong}" is not an origin. Specify scheme and host without a path: https://app.example.`,
    );
  return origins;
}
