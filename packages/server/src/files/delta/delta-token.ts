/**
 * Tokens of delta. They are opaque to clients; here they contain the start of the enumeration, the position, and the options
 * of the first request, which need not be repeated: https://learn.microsoft.com/graph/delta-query-overview
 */

import { base64urlOfText, textOfBase64url } from '../../core/base-encodings.ts';
import { invalidRequest } from '../../core/service-error.ts';

export interface DeltaToken {
  readonly drive: number;
  /** Key of the folder whose changes are listed. */
  readonly scope: number;
  /** Changes after this sequence number are listed; 0 for a first enumeration. */
  readonly since: number;
  /** The last sequence number when a first enumeration started: later deletions are included. */
  readonly began: number;
  /** The sequence number after which the next page starts. */
  readonly cursor: number;
  readonly select: readonly string[] | undefined;
  readonly top: number | undefined;
}

/** Encodes a token as text. */
export function writeDeltaToken(token: DeltaToken): string {
  const { drive, scope, since, began, cursor, select, top } = token;
  return base64urlOfText(
    JSON.stringify([1, drive, scope, since, began, cursor, top ?? 0, ...(select ?? [])]),
  );
}

/** Decodes a token. @throws ServiceError 400 for an invalid token. */
export function readDeltaToken(text: string): DeltaToken {
  const [version, ...rest] = parts(text);
  const numbers = rest.slice(0, 6);
  const names = rest.slice(6);
  const valid =
    version === 1 &&
    numbers.length === 6 &&
    numbers.every((value) => Number.isSafeInteger(value) && Number(value) >= 0) &&
    names.every((name) => typeof name === 'string');
  if (!valid) throw invalidRequest('The delta token is malformed.', 'invalidParameterFormat');
  const [drive = 0, scope = 0, since = 0, began = 0, cursor = 0, top = 0] = numbers as number[];
  return {
    drive,
    scope,
    since,
    began,
    cursor,
    top: top === 0 ? undefined : top,
    select: names.length === 0 ? undefined : names,
  };
}

function parts(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(textOfBase64url(text) ?? '');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
