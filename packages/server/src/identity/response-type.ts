/**
 * `response_type`: what an authorization response contains: a code, an id token, an access token, or several of them (the
 * hybrid and the implicit flow). Tokens are never put in a query, because servers log it.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-the-sign-in-request,
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow
 */
import { refusals } from './aadsts.ts';
import type { ResponseMode } from './redirect-uri.ts';

const responseParts = ['code', 'id_token', 'token'] as const;

/** One part of the response. */
export type ResponsePart = (typeof responseParts)[number];

/**
 * Reads a `response_type`; the order of its words does not matter.
 * @throws OAuthRefusal 700054 for an unknown word.
 */
export function readResponseType(type: string): readonly ResponsePart[] {
  const words = type.split(/\s+/).filter((word) => word !== '');
  const recognized = responseParts.filter((want) => words.includes(want));
  if (recognized.length === 0 || words.some((word) => !responseParts.some((want) => want === word)))
    throw refusals.unsupportedResponseType(type);
  return recognized;
}

const bringsTokens = (type: string | undefined): boolean => /\btoken\b|\bid_token\b/.test(type ?? '');

/** The response mode of the response or error, given the requested mode. */
export function responseMode(
  type: string | undefined,
  requestedMode: ResponseMode | undefined,
): ResponseMode {
  if (!bringsTokens(type)) return requestedMode ?? 'query';
  return requestedMode === 'form_post' ? requestedMode : 'fragment';
}
