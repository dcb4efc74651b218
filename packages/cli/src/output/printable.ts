/**
 * Makes text safe for a terminal. Names come from other people: an escape sequence could change the colors of the screen,
 * a carriage return could overwrite a line, a bidirectional override could show `gpj.exe` as `exe.jpg`
 * (https://www.unicode.org/reports/tr36/). In JSON the C0 range is already escaped.
 */

// C0, DEL, C1, bidirectional controls, zero-width and line separators, interlinear annotations, byte order mark, tags.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** The text with all characters escaped that could move the cursor or reorder a line. */
export function printable(text: string): string {
  return text.replace(unsafe, (character) => escapes[character] ?? codePoint(character));
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // A byte of a local name that is not valid UTF-8, as encoded by platform/byte-names.ts.
  const hex = (code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}
