/** The hashes of a blob, fed while its bytes pass: one object, so that both storages compute the same ones. */
import { type QuickXorHash, quickXorHash } from 'onedrive-kit/hash';

/** A running SHA-1; `node:crypto` has one. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  /** A hash that goes on from here on its own. */
  copy(): RunningHash;
  /** Upper-case hex. */
  digest(): string;
}

/** Makes SHA-1. */
export interface Sha1 {
  start(): RunningHash;
  /** That of bytes that are all there: upper-case hex. */
  of(bytes: Uint8Array): string;
}

/**
 * Bytes up to which a SHA-1 is computed. The service has given none since July 2023 (https://rclone.org/onedrive/), but programs
 * from before then check with it on personal drives; of a large file it takes longer than everything else together.
 */
const sha1Limit = 64 * 1024 * 1024;

export interface ContentHashes {
  readonly quickXorHash: string;
  /** Empty where no SHA-1 was at hand, and of large files. */
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
export function contentHasher(sha1: Sha1 | undefined): ContentHasher {
  return hasherFrom(quickXorHash(), sha1?.start(), 0);
}

/** The hashes of a small content, which is all there. */
export function hashesOf(bytes: Uint8Array, sha1: Sha1 | undefined): ContentHashes {
  const quick = quickXorHash();
  quick.update(bytes);
  return { quickXorHash: quick.digest(), sha1: sha1?.of(bytes) ?? '' };
}

function hasherFrom(quick: QuickXorHash, sha1: RunningHash | undefined, start: number): ContentHasher {
  let length = start;
  let secure = sha1;
  return {
    get length() {
      return length;
    },
    update(bytes) {
      quick.update(bytes);
      length += bytes.byteLength;
      if (length > sha1Limit) secure = undefined;
      secure?.update(bytes);
    },
    copy() {
      const quickCopy = quickXorHash();
      quickCopy.restore(quick.save());
      return hasherFrom(quickCopy, secure?.copy(), length);
    },
    digest: () => ({ quickXorHash: quick.digest(), sha1: secure?.digest() ?? '' }),
  };
}
