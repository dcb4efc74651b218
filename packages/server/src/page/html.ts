/** HTML as a value: everything inserted into a template is escaped, unless it is itself an {@link Html} value. */

/** Markup that is safe to send. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[] | false | undefined;

/** A template tag: `` html`<p>${name}</p>` `` escapes `name`; `false` and `undefined` insert nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.map((text, index) => text + render(parts[index])).join('') };
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map((element) => element.markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
