/**
 * Authenticates the application that sent a token request. Id and secret are in the form or in a Basic header (some clients
 * try Basic first): https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
import type { ServerRequest } from '../core/http.ts';
import type { World } from '../core/world.ts';
import { refusals } from './aadsts.ts';
import { checkAssertion } from './client-assertion.ts';
import type { ClientRegistration } from './client-registration.ts';
import { findClient } from './clients.ts';
import { field } from './form.ts';
import { sameSecret } from './secrets.ts';

export interface AuthenticatedClient {
  readonly id: string;
  /** Undefined for an application that is not registered; it needs no secret. */
  readonly registration: ClientRegistration | undefined;
  /** Whether the application sent a valid secret or assertion. Without a registration any secret is valid. */
  readonly proven: boolean;
}

interface Presented {
  readonly id: string | undefined;
  readonly secret: string | undefined;
}

/**
 * Returns the application that sent a token request.
 * @throws OAuthRefusal when the request names no application, when the application is unknown and must be registered, or
 * when its secret or assertion is invalid.
 */
export async function authenticateClient(
  request: ServerRequest,
  form: URLSearchParams,
  world: World,
): Promise<AuthenticatedClient> {
  const { id, secret } = presented(request, form);
  if (id === undefined) throw refusals.missingParameter('client_id');
  const registration = findClient(world, id);
  if (field(form, 'client_assertion') !== undefined) {
    const endpoint = `${request.url.origin}${request.url.pathname}`;
    await checkAssertion(form, registration ?? id, { world, endpoint });
    return { id, registration, proven: true };
  }
  if (registration?.secret !== undefined) {
    checkSecret(world, registration.secret, secret, id);
    if ((registration.secretExpires ?? Infinity) <= world.clock.now()) throw refusals.secretExpired(id);
    return { id, registration, proven: true };
  }
  if (registration && isConfidential(registration)) throw refusals.secretMissing();
  return { id, registration, proven: registration === undefined && secret !== undefined };
}

function isConfidential({ certificates = [], federated = [] }: ClientRegistration): boolean {
  return certificates.length + federated.length > 0;
}

function checkSecret(world: World, expected: string, secret: string | undefined, id: string): void {
  if (secret === undefined) throw refusals.secretMissing();
  if (!sameSecret(world.digest, expected, secret)) throw refusals.secretWrong(id);
}

function presented(request: ServerRequest, form: URLSearchParams): Presented {
  const inForm = { id: field(form, 'client_id'), secret: field(form, 'client_secret') };
  const basic = /^basic +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (basic === undefined) return inForm;
  const pair = basicPair(basic);
  if (inForm.id !== undefined && inForm.id !== pair.id)
    throw refusals.malformed('client_id differs from the Basic header.');
  return { id: pair.id, secret: pair.secret ?? inForm.secret };
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function basicPair(encoded: string): Presented {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)),
    );
    const colon = text.indexOf(':');
    const [id = '', secret = ''] = colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
    return { id: formDecoded(id) || undefined, secret: formDecoded(secret) || undefined };
  } catch {
    throw refusals.malformed('The Basic header is not base64 of `id:secret`.');
  }
}

/** A percent sign that starts no escape sequence is kept: some clients do not encode. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
