/** SQLite compares text by its UTF-8 bytes, JavaScript by UTF-16 units; they differ above U+FFFF. Memory storage follows SQLite. */

/** Negative, zero or positive as `left` sorts before, with or after `right` by code point. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return lifted(a) - lifted(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function lifted(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
