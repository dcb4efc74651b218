/** The width of a text in terminal columns, and texts of a given width. Pure. */
import stringWidth from 'string-width';

/** The width of `text`, which must not contain control characters. Wide characters and emoji have two columns. */
export const displayWidth = (text: string): number => stringWidth(text);

/** `text` in exactly `columns` columns: padded, or without its beginning, which is `…` then. */
export function fitted(text: string, columns: number): string {
  const missing = columns - displayWidth(text);
  if (missing >= 0) return text + ' '.repeat(missing);
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let width = 1;
  let from = letters.length;
  while (from > 0) {
    width += displayWidth(letters[from - 1] ?? '');
    if (width > columns) break;
    from -= 1;
  }
  return fitted(`…${letters.slice(from).join('')}`, columns);
}
