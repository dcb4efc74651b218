/** The hash of content that is read in order, with parts of it possibly more than once. */
import { quickXorHash } from '../../hash/index.ts';

/** A QuickXorHash of the bytes from 0 up to `position`. */
export interface RunningHash {
  /** Bytes hashed so far. */
  readonly position: number;
  /**
   * Adds the new bytes of a chunk; bytes that are already hashed are ignored.
   * @throws RangeError if bytes in between are missing.
   */
  add(position: number, chunk: Uint8Array): void;
  /** Base64. */
  digest(): string;
  /** Starts over at 0. */
  restart(): void;
  /** The current state, which includes the position. */
  save(): Uint8Array;
  /** Continues from a saved state. @throws RangeError for anything else. */
  restore(state: Uint8Array): void;
}

export function runningHash(): RunningHash {
  let hash = quickXorHash();
  let done = 0;
  return {
    get position() {
      return done;
    },
    add(position, chunk) {
      if (position > done) throw new RangeError(`Bytes ${done} to ${position} were not hashed.`);
      const newBytes = position + chunk.byteLength - done;
      if (newBytes <= 0) return;
      hash.update(newBytes === chunk.byteLength ? chunk : chunk.subarray(chunk.byteLength - newBytes));
      done += newBytes;
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
