/** Text in HTML. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML. Control and bidirectional characters are replaced by U+FFFD. */
export function escaped(text: string): string {
  return text
    .replace(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
      '\ufffd',
    )
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
