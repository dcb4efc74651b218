/**
 * Tokens in next links. To a client they are opaque; here they hold the order of the listing and the place of the
 * last item, so a page costs the same wherever it is and changes in between neither repeat nor hide anything else.
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

/** A token as text. */
export function writeSkipToken(token: SkipToken): string {
  const { order, descending, after } = token;
  return base64urlOfText(JSON.stringify([order, descending ? 1 : 0, after.rank, after.value, after.key]));
}

/** What a token says. @throws ServiceError 400 when it is none of ours. */
export function readSkipToken(text: string): SkipToken {
  const [order, descending, rank, value, key] = parts(text);
  const known =
    typeof order === 'string' && orders.has(order) && (rank === 0 || rank === 1) && Number.isSafeInteger(key);
  if (!known || (typeof value !== 'string' && typeof value !== 'number'))
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
