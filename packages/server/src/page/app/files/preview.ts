/** A look at the content of a file. The server sandboxes file content, and the page shows text only as text. */
import { make } from '../kit/dom.ts';
import { previewOf } from '../kit/file-kind.ts';
import { sizeText } from '../kit/text.ts';
import type { Drive } from './drive.ts';
import type { Item } from './item.ts';
import { itemIcon } from './row.ts';

/** Bytes of a text that are shown. */
const textLimit = 64 * 1024;

/** The preview; a large icon if the file cannot be shown. */
export async function preview(drive: Drive, item: Item, signal: AbortSignal): Promise<HTMLElement> {
  const url = item['@microsoft.graph.downloadUrl'];
  const label = `Preview of ${item.name}`;
  if (url === undefined || item.size === 0) return plain(item);
  switch (previewOf(item.name, item.file?.mimeType)) {
    case 'image':
      return image(url, label, item);
    case 'audio':
      return make('audio', { src: url, controls: true, preload: 'metadata', 'aria-label': label });
    case 'video':
      return make('video', { src: url, controls: true, preload: 'metadata', 'aria-label': label });
    case 'text':
      return text(url, label, item, signal);
    case undefined: {
      const set = await drive.thumbnails(item.id, signal).catch(() => undefined);
      return set?.large === undefined ? plain(item) : image(set.large.url, label, item);
    }
  }
}

function plain(item: Item): HTMLElement {
  return make('div', { class: 'preview plain' }, itemIcon(item));
}

function image(url: string, label: string, item: Item): HTMLElement {
  const box = make('div', { class: 'preview' });
  box.append(make('img', { src: url, alt: label, onerror: () => box.replaceWith(plain(item)) }));
  return box;
}

async function text(url: string, label: string, item: Item, signal: AbortSignal): Promise<HTMLElement> {
  const response = await fetch(url, { headers: { Range: `bytes=0-${textLimit - 1}` }, signal });
  if (!response.ok) return plain(item);
  const content = new TextDecoder().decode(await response.arrayBuffer());
  if (content.includes('\0')) return plain(item);
  const more = item.size > textLimit && `\n… ${sizeText(item.size - textLimit)} more`;
  return make(
    'pre',
    { class: 'preview text', tabindex: 0, role: 'region', 'aria-label': label },
    content,
    more,
  );
}
