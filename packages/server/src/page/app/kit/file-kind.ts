/** The kind of a file, by its name and media type: it chooses the icon and the preview. */
import type { FileKind } from './icons.ts';

const extensions: Readonly<Record<string, FileKind>> = Object.fromEntries(
  Object.entries({
    archive: 'zip gz tgz bz2 xz 7z rar tar zst jar',
    audio: 'mp3 m4a aac flac ogg opus wav wma',
    code: 'js mjs cjs ts tsx jsx json yaml yml toml xml html css scss py rb go rs c h cpp java kt cs php sh ps1 sql ipynb',
    document: 'doc docx odt rtf pages',
    image: 'png jpg jpeg gif webp avif bmp svg heic heif tif tiff ico',
    notebook: 'one onetoc2',
    pdf: 'pdf',
    sheet: 'xls xlsx ods csv tsv numbers',
    slides: 'ppt pptx odp key',
    text: 'txt md markdown log ini conf cfg env diff patch',
    video: 'mp4 m4v mov webm mkv avi wmv',
  } satisfies Partial<Record<FileKind, string>>).flatMap(([kind, list]) =>
    list.split(' ').map((extension) => [extension, kind as FileKind]),
  ),
);

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The kind of a file. */
export function kindOfFile(name: string, mimeType = ''): FileKind {
  const known = extensions[extensionOf(name)];
  if (known !== undefined) return known;
  const [type] = mimeType.split('/');
  return type === 'image' || type === 'audio' || type === 'video' || type === 'text' ? type : 'file';
}

/** How a file can be shown without a program: browsers draw few image formats themselves. */
export function previewOf(name: string, mimeType = ''): 'image' | 'audio' | 'video' | 'text' | undefined {
  const kind = kindOfFile(name, mimeType);
  const extension = extensionOf(name);
  if (kind === 'image') return /^(heic|heif|tiff?)$/.test(extension) ? undefined : 'image';
  if (kind === 'audio' || kind === 'video') return kind;
  if (kind === 'text' || kind === 'code' || extension === 'csv' || extension === 'tsv') return 'text';
  return undefined;
}
