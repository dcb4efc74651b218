/**
 * `response_type`: what an authorization request wants back at once: a code, an id token, an access token, or some of
 * them together (the hybrid and the implicit flow). Tokens never come in a query, which servers keep in their logs.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-the-sign-in-request,
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow
 */
import { refusals } from './aadsts.ts';
import type { ResponseMode } from './redirect-uri.ts';

const wants = ['code', 'id_token', 'token'] as const;

/** One of the things that can come back. */
export type Wanted = (typeof wants)[number];

/**
 * The words of a `response_type`, in whatever order.
 * @throws OAuthRefusal 700054 for a word that is none of them.
 */
export function readResponseType(type: string): readonly Wanted[] {
  const words = type.split(/\s+/).filter((word) => word !== '');
  const known = wants.filter((want) => words.includes(want));
  if (known.length === 0 || words.some((word) => !wants.some((want) => want === word)))
    throw refusals.unsupportedResponseType(type);
  return known;
}

const bringsTokens = (type: string | undefined): boolean => /\btoken\b|\bid_token\b/.test(type ?? '');

/** How the answer, or a refusal, travels when the client asked for `asked`. */
export function responseMode(type: string | undefined, asked: ResponseMode | undefined): ResponseMode {
  if (!bringsTokens(type)) return asked ?? 'query';
  return asked === 'form_post' ? asked : 'fragment';
}
