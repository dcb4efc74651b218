/**
 * Decides whether a text is an id or a path. A text with the format of an id is treated as one; a caller can
 * force either. Pure. The formats: `01` and 32 base-32 characters on business drives; `CID!n` and `CID!s`
 * with 32 hex digits on personal ones (https://learn.microsoft.com/onedrive/developer/rest-api/); and the
 * `file.cid.CID!n` of the former v5.0 API, whose last part is the current id
 * (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk).
 */
import type { ItemRef } from '../../graph/item-ref.ts';
import { itemById, rootItem } from '../../graph/item-ref-forms.ts';

const business = /^01[A-Z2-7]{32}$/;
const personal = /^[0-9A-F]{8,16}!(\d+|s[0-9a-f]{32})$/i;
const live = /^(?:file|folder|album|photo|video|audio|notebook)\.[0-9a-f]{16}(?:\.([0-9A-F]+!\w+))?$/i;

/** Returns whether a text has the format of an item id. */
export function looksLikeId(text: string): boolean {
  return business.test(text) || personal.test(text) || live.test(text);
}

/**
 * The item of an id. An id of the v5.0 API is converted; its `folder.cid` without a third part is the root.
 */
export function refOfId(id: string): ItemRef {
  const match = live.exec(id);
  if (match === null) return itemById(id);
  return match[1] === undefined ? rootItem : itemById(match[1]);
}
