/**
 * Text that a server put into an error, made fit to be shown: one short line without tokens, without URLs that are
 * secrets of their own, and without what could control a terminal.
 */
import { redactedMark, redactText } from './redact.ts';

const longest = 300;

/** Longer than any id of the service; opaque tokens are longer still. */
const longestWord = 80;

/** Parts of a path that are longer may be secrets; names of endpoints are shorter. */
const longestPathPart = 24;

/** A URL keeps its path where that holds nothing that could be a secret, and never its query. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return redactedMark;
  const { origin, pathname } = new URL(text);
  const open = pathname.split('/').every((part) => part.length <= longestPathPart);
  return open ? origin + pathname : `${origin}/${redactedMark}`;
}

/** The text as a part of a message. Pure. */
export function serviceText(text: string): string {
  const line = redactText(text.slice(0, 4000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' '))
    .replace(/https?:\/\/[^\s"'<>]+/gi, shownUrl)
    .replace(new RegExp(`[A-Za-z0-9+/_.~%=!-]{${longestWord + 1},}`, 'g'), redactedMark)
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
