/**
 * Renders the space usage of a drive as a treemap: a self-contained HTML page, which can be mailed and opened anywhere.
 * Names are escaped, because they come from other people.
 */
import type { Usage } from 'onedrive-kit/drive';
import { escaped } from './escaped.ts';
import { byCodeUnit } from './human.ts';
import { type ReportFacts, reportPage } from './report-page.ts';
import { humanSize } from './size.ts';
import { treemapScript } from './treemap-script.ts';

/** A node of the data block: name, bytes, files, and for a folder its children, largest first. */
interface Node {
  readonly n: string;
  readonly s: number;
  readonly f: number;
  c?: Node[];
}

/** Files smaller than this part of the whole are drawn as one box for each folder. */
const smallPart = 1 / 2000;

/** The HTML of the page. @param usages from {@link diskUsage} with files; the last one is the start folder. */
export function treemapPage(title: string, usages: readonly Usage[], facts: ReportFacts): string {
  const total = usages.at(-1);
  const { size = 0, files = 0, folders = 0 } = total ?? {};
  const summary = `${humanSize(size)} in ${files} files and ${folders} folders`;
  const data = JSON.stringify(nest(title, usages)).replaceAll('<', '\\u003c');
  const content = `<nav class="bar" id="crumbs" aria-label="Folder"></nav>
<div class="bar"><input type="search" aria-label="Search names" placeholder="Search names"><span class="quiet" role="status"></span></div>
<div class="card"><svg viewBox="0 0 1600 900" role="img" aria-label="Treemap of ${escaped(title)}"></svg></div>
<h2>Largest folders</h2>
<div class="card"><table>
<thead><tr><th scope="col">Folder</th><th scope="col" class="number">Size</th><th scope="col" class="number">Files</th></tr></thead>
<tbody>
${largest(usages)}</tbody>
</table></div>
<script type="application/json" id="data">${data}</script>`;
  return reportPage({ title: `Space used by ${title}`, summary, content, script: treemapScript, ...facts });
}

function nest(title: string, usages: readonly Usage[]): Node {
  const start = usages.at(-1);
  const root: Node = { n: title, s: start?.size ?? 0, f: start?.files ?? 0, c: [] };
  const folders = new Map<string, Node>([['', root]]);
  const inOrder = usages
    .slice(0, -1)
    .toSorted((a, b) => a.path.length - b.path.length || byCodeUnit(a.path.join('/'), b.path.join('/')));
  for (const { path, size, files, kind } of inOrder) {
    const node: Node = { n: path.at(-1) ?? '', s: size, f: files, ...(kind === 'folder' ? { c: [] } : {}) };
    folders.get(path.slice(0, -1).join('/'))?.c?.push(node);
    if (kind === 'folder') folders.set(path.join('/'), node);
  }
  for (const folder of folders.values()) folder.c = grouped(folder.c ?? [], root.s * smallPart);
  return root;
}

/** The children that take space, largest first; small files become one node. */
function grouped(children: readonly Node[], limit: number): Node[] {
  const small = children.filter(({ c, s }) => c === undefined && s < limit);
  const rest = small.length < 2 ? children : children.filter(({ c, s }) => c !== undefined || s >= limit);
  const bytes = small.reduce((sum, { s }) => sum + s, 0);
  const group = small.length < 2 ? [] : [{ n: `${small.length} small files`, s: bytes, f: small.length }];
  return [...rest, ...group].filter(({ s }) => s > 0).sort((a, b) => b.s - a.s);
}

function largest(usages: readonly Usage[]): string {
  return usages
    .filter(({ kind, path }) => kind === 'folder' && path.length > 0)
    .slice(0, 50)
    .map(
      ({ path, size, files }) =>
        `<tr><td><button type="button" data-path="${escaped(JSON.stringify(path))}">${escaped(path.join('/'))}</button></td><td class="number">${humanSize(size)}</td><td class="number">${files}</td></tr>\n`,
    )
    .join('');
}
