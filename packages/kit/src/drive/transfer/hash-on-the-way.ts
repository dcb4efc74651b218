/** The hash of a content that is read in order but, where something is repeated, not always once. */
import { quickXorHash } from '../../hash/index.ts';

/** A running QuickXorHash over bytes from 0 on. */
export interface HashOnTheWay {
  /** Bytes hashed so far. */
  readonly position: number;
  /**
   * Adds what is new in a chunk: bytes that were hashed before are passed over.
   * @throws RangeError when bytes are missing between.
   */
  add(position: number, chunk: Uint8Array): void;
  /** Base64. */
  digest(): string;
  /** Forgets everything. */
  restart(): void;
  /** The state so far, which knows its position. */
  save(): Uint8Array;
  /** Goes on from a saved state. @throws RangeError for anything else. */
  restore(state: Uint8Array): void;
}

export function hashOnTheWay(): HashOnTheWay {
  let hash = quickXorHash();
  let done = 0;
  return {
    get position() {
      return done;
    },
    add(position, chunk) {
      if (position > done) throw new RangeError(`Bytes ${done} to ${position} were not hashed.`);
      const fresh = position + chunk.byteLength - done;
      if (fresh <= 0) return;
      hash.update(fresh === chunk.byteLength ? chunk : chunk.subarray(chunk.byteLength - fresh));
      done += fresh;
    },
    digest: () => hash.digest(),
    restart() {
      hash = quickXorHash();
      done = 0;
    },
    save: () => hash.save(),
    restore(state) {
      hash.restore(state);
      done = Number(new DataView(state.buffer, state.byteOffset).getBigUint64(20, true));
    },
  };
}
