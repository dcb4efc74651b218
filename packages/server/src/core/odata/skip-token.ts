/**
 * Tokens in next links. They are opaque to clients; here they contain the sort order and the position of the last item. So
 * every page costs the same, and changes between requests neither repeat nor hide other items.
 */

import type { ChildCursor, ChildOrder } from '../../storage/storage.ts';
import { base64urlOfText, textOfBase64url } from '../base-encodings.ts';
import { invalidRequest } from '../service-error.ts';

export interface SkipToken {
  readonly order: ChildOrder;
  readonly descending: boolean;
  readonly after: ChildCursor;
}

const orders = new Set(['wire', 'name', 'size', 'modified', 'created']);

/** Encodes a token as text. */
export function writeSkipToken(token: SkipToken): string {
  const { order, descending, after } = token;
  return base64urlOfText(JSON.stringify([order, descending ? 1 : 0, after.rank, after.value, after.key]));
}

/** Decodes a token. @throws ServiceError 400 for an invalid token. */
export function readSkipToken(text: string): SkipToken {
  const [order, descending, rank, value, key] = parts(text);
  const isValid =
    typeof order === 'string' && orders.has(order) && (rank === 0 || rank === 1) && Number.isSafeInteger(key);
  if (!isValid || (typeof value !== 'string' && typeof value !== 'number'))
    throw invalidRequest('Invalid paging token.', 'invalidStartIndex');
  return {
    order: order as ChildOrder,
    descending: descending === 1,
    after: { rank, value, key: key as number },
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
