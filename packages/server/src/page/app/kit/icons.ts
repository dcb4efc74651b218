/** Icons as SVG paths on a grid of 20 by 20, drawn with a stroke of the text color. */

const paths = {
  add: 'M10 4v12M4 10h12',
  archive: 'M3.5 4h13v3.5h-13zM4.5 7.5v8.5h11V7.5M8 10.5h4',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  close: 'm5 5 10 10M15 5 5 15',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  delete: 'M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  details: 'M3.5 4h13v12h-13zM12.5 4v12',
  down: 'm5 7.5 5 5 5-5',
  download: 'M10 3v9.5M6 9l4 4 4-4M4 16.5h12',
  edit: 'M4 16l.8-3.5L13 4.3l2.7 2.7-8.2 8.2L4 16ZM11.5 5.8l2.7 2.7',
  filter: 'M3 5.5h14M5.5 10h9M8 14.5h4',
  folder: 'M2.5 5.5h5L9.5 7.5h8v8.5h-15z',
  help: 'M7.5 7.8c0-1.6 1.1-2.6 2.6-2.6s2.5 1 2.5 2.3c0 2-2.5 2-2.5 4.2M10 14.6v.2',
  history: 'M4 10a6 6 0 1 0 2-4.5L4 7.3M4 4v3.3h3.3M10 6.8V10l2.3 1.6',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8v8h9V8',
  link: 'M8.5 11.5a3 3 0 0 0 4.3.2l2.6-2.6a3 3 0 0 0-4.3-4.3L10 6M11.5 8.5a3 3 0 0 0-4.3-.2l-2.6 2.6a3 3 0 0 0 4.3 4.3L10 14',
  moon: 'M15.8 11.8A6.5 6.5 0 1 1 8.2 4.2a5.2 5.2 0 0 0 7.6 7.6Z',
  more: 'M5 10h.1M10 10h.1M15 10h.1',
  open: 'M8 4.5H4.5v11h11V12M11.5 4.5h4v4M15.2 4.8 9.5 10.5',
  pause: 'M7.5 5v10M12.5 5v10',
  people:
    'M8 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.8 16c.3-2.7 2.3-4.2 5.2-4.2s4.9 1.5 5.2 4.2M13 9.3a2.3 2.3 0 1 0-.8-4.4M14.3 12c1.8.5 2.8 1.9 3 4',
  play: 'M7 4.5v11l8.5-5.5z',
  restore: 'M4 8.5h8a4 4 0 0 1 0 8H8M7.5 5 4 8.5 7.5 12',
  search: 'M8.7 14.2a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM12.7 12.7l4 4',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M15.3 4.7l-1.2 1.2M5.9 14.1l-1.2 1.2',
  tools:
    'M11.5 5.2a3.6 3.6 0 0 1 4.3-1l-2.3 2.3 1 1 2.3-2.3a3.6 3.6 0 0 1-4.8 4.6l-6 6-1.7-1.7 6-6a3.6 3.6 0 0 1 1.2-2.9Z',
  up: 'm5 12.5 5-5 5 5',
  upload: 'M10 13.5V4M6 7.5l4-4 4 4M4 16.5h12',
  warning: 'M10 3.5 17.5 16h-15zM10 8.5v3.5M10 14v.1',
} as const;

export type IconName = keyof typeof paths;

const namespace = 'http://www.w3.org/2000/svg';

function draw(
  viewClass: string,
  shapes: readonly (readonly [className: string, path: string])[],
): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', viewClass);
  for (const [className, d] of shapes) {
    const path = document.createElementNS(namespace, 'path');
    path.setAttribute('class', className);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** An icon of a command. */
export function icon(name: IconName, slot?: 'start' | 'end'): SVGSVGElement {
  const svg = draw('icon', [['stroke', paths[name]]]);
  if (slot !== undefined) svg.setAttribute('slot', slot);
  return svg;
}

/** What is drawn on the sheet of each kind of file. */
const glyphs = {
  archive: 'M9.5 4v1.5M9.5 7v1.5M9.5 10v1.5M8 13h3v2.5H8z',
  audio:
    'M8.5 14.5V9l4-1v5.5M8.5 14.5a1.3 1.3 0 1 1-2.6 0 1.3 1.3 0 0 1 2.6 0ZM12.5 13.5a1.3 1.3 0 1 1-2.6 0 1.3 1.3 0 0 1 2.6 0Z',
  code: 'M8 9.5 6 12l2 2.5M12 9.5l2 2.5-2 2.5',
  document: 'M7 9.5h6M7 12h6M7 14.5h4',
  file: 'M7 14.5h6',
  image: 'M5.5 15.5l3-4 2.2 2.8 1.3-1.5 2.5 2.7M12.5 9.8v.1',
  notebook: 'M7 9h6v6.5H7zM9 9v6.5',
  pdf: 'M7 15c2-2 3-4.5 3-6.5 0 3 1.5 4.7 3.5 5-2.5 0-4.5.5-6.5 1.5Z',
  sheet: 'M6.5 9.5h7v6h-7zM6.5 12.5h7M10 9.5v6',
  slides: 'M6.5 9.5h7v4.5h-7zM10 14v2',
  text: 'M7 9.5h6M7 12h6M7 14.5h6',
  video: 'M8.5 9.5v5.5l4.5-2.7z',
} as const;

export type FileKind = keyof typeof glyphs;

/** The icon of a file, colored by its kind. */
export function fileIcon(kind: FileKind | 'folder'): SVGSVGElement {
  if (kind === 'folder')
    return draw('kind kind-folder', [
      ['back', 'M2 5.5C2 4.7 2.7 4 3.5 4h3.8l2 2h7.2c.8 0 1.5.7 1.5 1.5V9H2z'],
      ['front', 'M2 8h16v6.5c0 .8-.7 1.5-1.5 1.5h-13c-.8 0-1.5-.7-1.5-1.5z'],
    ]);
  return draw(`kind kind-${kind}`, [
    ['sheet', 'M4.5 2h7l4 4v11c0 .6-.4 1-1 1h-10c-.6 0-1-.4-1-1V3c0-.6.4-1 1-1z'],
    ['fold', 'M11.5 2v4h4'],
    ['stroke', glyphs[kind]],
  ]);
}
