/** Compares transferred bytes with what the service reports. Pure. */
import type { DriveItem } from '../../graph/types/index.ts';
import type { ProviderCapabilities } from '../provider/provider.ts';

/**
 * `verified`: the hash matches, whatever the listed size. `size-only`: the drive has no hash that can be compared.
 * `rewritten`: SharePoint changed the file after the upload, as it does with Office documents. `mismatch`: other bytes.
 */
export type Verdict = 'verified' | 'size-only' | 'rewritten' | 'mismatch';

/** Size and hash of the bytes, computed locally. */
export interface ContentFacts {
  /** Bytes. */
  readonly size: number;
  /** QuickXorHash, base64. */
  readonly hash: string;
}

/** Extensions of files into which SharePoint writes its own properties. Source: observed by many clients. */
const rewritableExtensions =
  /\.(docx?|docm|dotx?|xlsx?|xlsm|xltx?|pptx?|pptm|potx?|ppsx?|vsdx?|pub|one|pdf|html?|aspx|msg|eml|heic)$/i;

/** The hash that the service reports for a deleted or empty file; for other files it is meaningless. */
const emptyHash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/** @param driveType `personal` drives never rewrite files; unknown ones may. */
function mayRewrite(name: string, driveType: string | undefined): boolean {
  return driveType !== 'personal' && rewritableExtensions.test(name);
}

/** Whether the service may modify this file after an upload, as far as the type of its drive is known. */
export function isRewritable({ name, parentReference }: DriveItem): boolean {
  return parentReference?.driveType !== undefined && mayRewrite(name, parentReference.driveType);
}

/** The hash that an item has of the content, base64; undefined if it has none, or a meaningless one. Pure. */
export function usableHash(item: DriveItem, content: ContentFacts): string | undefined {
  const offeredHash = item.file?.hashes?.quickXorHash;
  return offeredHash === emptyHash && content.size > 0 && content.hash !== emptyHash
    ? undefined
    : offeredHash;
}

/**
 * @param item as the service returns it after the transfer.
 * @param rewrites as declared by the wire: {@link ProviderCapabilities.rewrites}.
 */
export function verdictOf(
  content: ContentFacts,
  item: DriveItem,
  rewrites?: ProviderCapabilities['rewrites'],
): Verdict {
  const offeredHash = usableHash(item, content);
  // The service lists wrong sizes of some photos; the hash covers the length too.
  if (offeredHash !== undefined && offeredHash === content.hash) return 'verified';
  const sizeAgrees = item.size === undefined || item.size === content.size;
  if (sizeAgrees && offeredHash === undefined) return 'size-only';
  const isRewritten = mayRewrite(item.name, item.parentReference?.driveType) || (rewrites?.(item) ?? false);
  return isRewritten ? 'rewritten' : 'mismatch';
}
