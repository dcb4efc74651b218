/** Is what arrived what was sent? Pure. */
import type { DriveItem } from '../../graph/types/index.ts';
import type { ProviderCapabilities } from '../provider/provider.ts';

/**
 * `verified`: the hash agrees, whatever size is listed. `size-only`: the drive offers no hash that we compute. `rewritten`: SharePoint
 * changed the file after it took it, as it does with Office documents. `mismatch`: the bytes are not the same.
 */
export type Verdict = 'verified' | 'size-only' | 'rewritten' | 'mismatch';

/** What we know of the bytes ourselves. */
export interface ContentFacts {
  /** Bytes. */
  readonly size: number;
  /** QuickXorHash, base64. */
  readonly hash: string;
}

/** Files into which SharePoint writes its own properties, by extension. Source: observed by many clients. */
const rewritable =
  /\.(docx?|docm|dotx?|xlsx?|xlsm|xltx?|pptx?|pptm|potx?|ppsx?|vsdx?|pub|one|pdf|html?|aspx|msg|eml|heic)$/i;

/** The hash that the service keeps for a deleted or empty file: it says nothing about others. */
const emptyHash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/** @param driveType `personal` drives never rewrite. Unknown counts as one that may. */
function mayRewrite(name: string, driveType: string | undefined): boolean {
  return driveType !== 'personal' && rewritable.test(name);
}

/** Is this a file that the service writes into after it took it, as far as is known of its drive? */
export function isRewritable({ name, parentReference }: DriveItem): boolean {
  return parentReference?.driveType !== undefined && mayRewrite(name, parentReference.driveType);
}

/** The hash that an item offers of a content, base64; undefined where it offers none that says something. Pure. */
export function usableHash(item: DriveItem, content: ContentFacts): string | undefined {
  const offered = item.file?.hashes?.quickXorHash;
  return offered === emptyHash && content.size > 0 && content.hash !== emptyHash ? undefined : offered;
}

/**
 * @param item what the service says about the file after the transfer.
 * @param rewrites as the wire declares it: {@link ProviderCapabilities.rewrites}.
 */
export function verdictOf(
  content: ContentFacts,
  item: DriveItem,
  rewrites?: ProviderCapabilities['rewrites'],
): Verdict {
  const offered = usableHash(item, content);
  // The service lists wrong sizes of some photos; the hash covers the length too.
  if (offered !== undefined && offered === content.hash) return 'verified';
  const sizeAgrees = item.size === undefined || item.size === content.size;
  if (sizeAgrees && offered === undefined) return 'size-only';
  const rewritten = mayRewrite(item.name, item.parentReference?.driveType) || (rewrites?.(item) ?? false);
  return rewritten ? 'rewritten' : 'mismatch';
}
