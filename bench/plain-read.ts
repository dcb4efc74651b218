/** What the hash is held against: passes over memory that do nothing but read it. */
import loadWabt from 'wabt';

/** Memory, and a pass that reads all of it. */
export interface PlainRead {
  readonly bytes: Uint8Array;
  read(): void;
}

/** A byte that the memory of a benchmark never holds. */
export const absentByte = 0xff;

/**
 * Looks for {@link absentByte} in memory that does not hold it: memchr of the C library, with the widest registers there are.
 * It takes any memory, so it reads the very bytes that the hash reads.
 * @throws Error when the byte is there: then not all of it was read.
 */
export function nativeRead(bytes: Uint8Array): PlainRead {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = () => {
    if (view.indexOf(absentByte) !== -1) throw new Error('A byte that is absent was found.');
  };
  return { bytes, read };
}

const wasmPage = 65_536;

/** XORs 64 bytes in a turn, in four registers. */
const source = `(module
  (memory (export "memory") 0)
  (func (export "read") (param $end i32) (result i32)
    (local $at i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $next
      (local.set $a (v128.xor (local.get $a) (v128.load offset=0 (local.get $at))))
      (local.set $b (v128.xor (local.get $b) (v128.load offset=16 (local.get $at))))
      (local.set $c (v128.xor (local.get $c) (v128.load offset=32 (local.get $at))))
      (local.set $d (v128.xor (local.get $d) (v128.load offset=48 (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (v128.any_true (v128.xor (v128.xor (local.get $a) (local.get $b)) (v128.xor (local.get $c) (local.get $d))))))`;

/**
 * XORs 128-bit words in WebAssembly, as the hash does, over memory of its own: that of the hash takes no second program.
 * @param length bytes; whole pages of 64 KiB.
 */
export async function wasmRead(length: number): Promise<PlainRead> {
  const binary = (await loadWabt()).parseWat('plain-read.wat', source, { simd: true }).toBinary({}).buffer;
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(binary));
  const { memory, read } = instance.exports as unknown as {
    readonly memory: WebAssembly.Memory;
    readonly read: (end: number) => number;
  };
  memory.grow(length / wasmPage);
  return { bytes: new Uint8Array(memory.buffer), read: () => void read(length) };
}
