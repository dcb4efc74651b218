/** The hashes of a blob, fed while its bytes pass: one object, so that both storages compute the same ones. */
import { type QuickXorHash, quickXorHash } from '../../hash/index.ts';

/** A running SHA-1; `node:crypto` has one. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
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
  digest(): ContentHashes;
}

/** A hasher of nothing yet. */
export function contentHasher(sha1: Sha1Factory | undefined): ContentHasher {
  const quick: QuickXorHash = quickXorHash();
  const secure = sha1?.();
  let length = 0;
  return {
    get length() {
      return length;
    },
    update(bytes) {
      quick.update(bytes);
      secure?.update(bytes);
      length += bytes.byteLength;
    },
    digest: () => ({ quickXorHash: quick.digest(), sha1: secure?.digest() ?? '' }),
  };
}
