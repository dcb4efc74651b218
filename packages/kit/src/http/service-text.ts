/**
 * Makes the text of a server error safe to show: one short line without tokens, secret URLs and terminal
 * control characters.
 */
import { redactedMark, redactText } from './redact.ts';

const longest = 300;

/** Longer than any id of the service; opaque tokens are longer still. */
const longestWord = 80;

/** Longer parts of a path may be secrets; names of endpoints are shorter. */
const longestPathPart = 24;

/** Keeps the path of a URL if it contains no possible secret, and never its query. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return redactedMark;
  const { origin, pathname } = new URL(text);
  const open = pathname.split('/').every((part) => part.length <= longestPathPart);
  return open ? origin + pathname : `${origin}/${redactedMark}`;
}

/** Returns the text for use in a message. Pure. */
export function serviceText(text: string): string {
  const line = redactText(text.slice(0, 4000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' '))
    .replace(/https?:\/\/[^\s"'<>]+/gi, shownUrl)
    .replace(new RegExp(`[A-Za-z0-9+/_.~%=!-]{${longestWord + 1},}`, 'g'), redactedMark)
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
