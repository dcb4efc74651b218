/**
 * Renders the space usage of a drive as a treemap: a self-contained HTML page without scripts, which can be mailed and
 * opened anywhere. Names are escaped, because they come from other people.
 */
import type { Usage } from 'onedrive-kit/drive';
import { byCodeUnit } from './human.ts';
import { humanSize } from './size.ts';
import { type Rectangle, squarify } from './squarify.ts';

interface Node {
  readonly name: string;
  readonly usage: Usage;
  readonly children: Node[];
}

/** Size in pixels; the page scales it to the window. */
const canvas = { x: 0, y: 0, width: 1600, height: 1000 };
const margin = 2;
const titleHeight = 16;
/** Rectangles thinner than this many pixels are not drawn. */
const minThickness = 3;

/** The HTML of the page. @param usages from {@link diskUsage} with files; the last one is the start folder. */
export function treemapPage(title: string, usages: readonly Usage[]): string {
  const total = usages.at(-1);
  const boxes = total === undefined ? '' : draw(nest(title, usages), canvas, 0);
  const summary =
    total === undefined
      ? ''
      : `${humanSize(total.size)} in ${total.files} files and ${total.folders} folders`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { margin: 1rem; font: 14px system-ui, sans-serif; background: #fff; color: #1b1b1b; }
svg { width: 100%; height: auto; }
rect { stroke: #fff; }
text { font: 11px system-ui, sans-serif; fill: #1b1b1b; pointer-events: none; }
table { border-collapse: collapse; } td { padding: .1rem .8rem .1rem 0; } td:first-child { text-align: right; }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #eee; } rect { stroke: #1b1b1b; } }
</style>
<h1>${escaped(title)}</h1>
<p>${summary}</p>
<svg viewBox="0 0 ${canvas.width} ${canvas.height}" role="img" aria-label="Treemap of ${escaped(title)}">
${boxes}</svg>
<h2>Largest folders</h2>
<table>
${largest(usages)}</table>
</html>
`;
}

function nest(title: string, usages: readonly Usage[]): Node {
  const start = usages.at(-1);
  const byPath = new Map<string, Node>();
  const root: Node = { name: title, usage: start as Usage, children: [] };
  byPath.set('', root);
  const inOrder = usages
    .slice(0, -1)
    .toSorted((a, b) => a.path.length - b.path.length || byCodeUnit(a.path.join('/'), b.path.join('/')));
  for (const usage of inOrder) {
    const node: Node = { name: usage.path.at(-1) ?? '', usage, children: [] };
    byPath.get(usage.path.slice(0, -1).join('/'))?.children.push(node);
    if (usage.kind === 'folder') byPath.set(usage.path.join('/'), node);
  }
  return root;
}

function draw(node: Node, box: Rectangle, level: number): string {
  if (box.width < minThickness || box.height < minThickness) return '';
  const { usage, name } = node;
  const hue = usage.kind === 'file' ? 35 : (210 + level * 25) % 360;
  const words = `${usage.path.join('/') || name}\n${humanSize(usage.size)}`;
  const rectangle = `<g><title>${escaped(words)}</title><rect x="${px(box.x)}" y="${px(box.y)}" width="${px(box.width)}" height="${px(box.height)}" fill="hsl(${hue} 55% ${Math.min(88, 68 + level * 4)}%)"/>${label(name, usage.size, box)}</g>\n`;
  return rectangle + drawChildren(node, box, level);
}

function drawChildren({ children }: Node, box: Rectangle, level: number): string {
  const inner = {
    x: box.x + margin,
    y: box.y + titleHeight,
    width: box.width - 2 * margin,
    height: box.height - titleHeight - margin,
  };
  if (inner.width < minThickness || inner.height < minThickness) return '';
  const shown = children.filter((child) => child.usage.size > 0).sort((a, b) => b.usage.size - a.usage.size);
  const boxes = squarify(
    shown.map((child) => child.usage.size),
    inner,
  );
  return shown.map((child, at) => draw(child, boxes[at] ?? inner, level + 1)).join('');
}

function label(name: string, size: number, box: Rectangle): string {
  const room = Math.floor(box.width / 6.5) - 1;
  if (box.height < titleHeight || room < 4) return '';
  const letters = Array.from(`${name} ${humanSize(size)}`);
  const text = letters.length <= room ? letters.join('') : `${letters.slice(0, room - 1).join('')}…`;
  return `<text x="${px(box.x + 4)}" y="${px(box.y + 12)}">${escaped(text)}</text>`;
}

function largest(usages: readonly Usage[]): string {
  return usages
    .filter(({ kind, path }) => kind === 'folder' && path.length > 0)
    .slice(0, 50)
    .map(
      ({ path, size, files }) =>
        `<tr><td>${humanSize(size)}</td><td>${escaped(path.join('/'))}</td><td>${files} files</td></tr>\n`,
    )
    .join('');
}

const px = (length: number): string => length.toFixed(1);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** @internal Escapes text for HTML. Control and bidirectional characters are replaced by U+FFFD. */
export function escaped(text: string): string {
  return text
    .replace(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
      '\ufffd',
    )
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
