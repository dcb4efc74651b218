/**
 * Converts Markdown, plain text and HTML to HTML that runs nothing: scripts, styles, frames, forms and event handlers
 * are removed. `marked` and `sanitize-html` are loaded with the first conversion.
 * https://learn.microsoft.com/graph/api/driveitem-get-content-format
 */
import { mimeTypeOf } from '../core/media-type.ts';
import { html } from '../page/html.ts';

/** What a file contains. */
export type Markup = 'markdown' | 'text' | 'html';

/** Bytes; larger files are not converted, because the whole text is held in memory several times. */
export const largestMarkup = 1024 * 1024;

/** What can be converted, by its name; undefined for other files. */
export function markupOf(name: string): Markup | undefined {
  const type = mimeTypeOf(name);
  if (/\.(?:md|markdown|mdown|mkd)$/i.test(name) || type === 'text/markdown') return 'markdown';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  return type.startsWith('text/') ? 'text' : undefined;
}

/**
 * A whole HTML page.
 * @throws Error if the text cannot be converted, for instance because it is nested too deeply.
 */
export async function toHtml(bytes: Uint8Array, markup: Markup, title: string): Promise<string> {
  const body = await bodyOf(decoded(bytes), markup);
  return html`<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>${title}</title>
</head>
<body>
${{ markup: body }}
</body>
</html>
`.markup;
}

async function bodyOf(text: string, markup: Markup): Promise<string> {
  switch (markup) {
    case 'text':
      return html`<pre>${text}</pre>`.markup;
    case 'html':
      return sanitized(text);
    case 'markdown': {
      const { marked } = await import('marked');
      return sanitized(await marked.parse(text, { async: true, gfm: true }));
    }
  }
}

/** UTF-16 with a byte order mark, otherwise UTF-8; what is neither becomes replacement characters. */
function decoded(bytes: Uint8Array): string {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Elements that may be open at once: the parser takes time that grows with the square of the depth. */
const deepest = 5000;

/** Counts the open elements. `open` throws RangeError when there are too many. */
function limitedNesting(): { readonly open: () => void; readonly close: () => void } {
  let depth = 0;
  return {
    open() {
      depth += 1;
      if (depth > deepest) throw new RangeError('The elements are nested too deeply.');
    },
    close() {
      depth -= 1;
    },
  };
}

async function sanitized(html: string): Promise<string> {
  const { default: sanitize } = await import('sanitize-html');
  const { open, close } = limitedNesting();
  return sanitize(html, {
    allowedTags: [...sanitize.defaults.allowedTags, 'img', 'del', 'ins', 'details', 'summary'],
    allowedAttributes: {
      a: ['href', 'title', 'name'],
      img: ['src', 'alt', 'title', 'width', 'height'],
      code: ['class'],
      th: ['align', 'colspan', 'rowspan'],
      td: ['align', 'colspan', 'rowspan'],
      ol: ['start'],
    },
    allowedClasses: { code: [/^language-[\w-]+$/] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    parseStyleAttributes: false,
    onOpenTag: open,
    onCloseTag: close,
  });
}
