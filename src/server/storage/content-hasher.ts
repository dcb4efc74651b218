/** The hashes of a blob, fed while its bytes pass: one object, so that both storages compute the same ones. */
import { type QuickXorHash, quickXorHash } from '../../hash/index.ts';

/** A running SHA-1; `node:crypto` has one. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  /** A hash that goes on from here on its own. */
  copy(): RunningHash;
  /** Upper-case hex. */
  digest(): string;
}

export type Sha1Factory = () => RunningHash;

export interface ContentHashes {
  readonly quickXorHash: string;
  /** Empty where no SHA-1 was at hand. */
  readonly sha1: string;
}

/** Hashes bytes that come in order. */
export interface ContentHasher {
  /** Bytes so far. */
  readonly length: number;
  update(bytes: Uint8Array): void;
  /** A hasher that goes on from here on its own. */
  copy(): ContentHasher;
  digest(): ContentHashes;
}

/** A hasher of nothing yet. */
export function contentHasher(sha1: Sha1Factory | undefined): ContentHasher {
  return hasherFrom(quickXorHash(), sha1?.(), 0);
}

/** The hashes of bytes that are all there. */
export function hashesOf(chunks: readonly Uint8Array[], sha1: Sha1Factory | undefined): ContentHashes {
  const hasher = contentHasher(sha1);
  for (const chunk of chunks) hasher.update(chunk);
  return hasher.digest();
}

function hasherFrom(quick: QuickXorHash, secure: RunningHash | undefined, start: number): ContentHasher {
  let length = start;
  return {
    get length() {
      return length;
    },
    update(bytes) {
      quick.update(bytes);
      secure?.update(bytes);
      length += bytes.byteLength;
    },
    copy() {
      const quickCopy = quickXorHash();
      quickCopy.restore(quick.save());
      return hasherFrom(quickCopy, secure?.copy(), length);
    },
    digest: () => ({ quickXorHash: quick.digest(), sha1: secure?.digest() ?? '' }),
  };
}
