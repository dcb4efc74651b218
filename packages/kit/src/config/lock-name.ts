/** Lock names for paths: short, valid on every file system, and the same in every process. */

/** `config-1a2b3c4d…` for a path: 64 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function nameForLock(kind: string, path: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(path)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `${kind}-${hash.toString(16).padStart(16, '0')}`;
}
