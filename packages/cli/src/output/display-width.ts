/** Computes the width of a text in terminal columns. Pure. */

/** Combining marks and joiners: no columns. */
const zero = /\p{Mn}|\p{Me}|\p{Cf}/u;

/**
 * Wide and full-width ranges, and emoji: two columns. Covers the scripts in use, not every code point.
 * Source: https://www.unicode.org/reports/tr11/
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** The width of `text`, which must not contain control characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character < '\u0300') width += 1;
    else if (!zero.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}
