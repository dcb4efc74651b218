/**
 * The script of the treemap page. It draws the nodes of the data block: `{n: name, s: bytes, f: files, c: children}`; a
 * click on a folder shows it at full size, the search marks what matches. The layout is that of `squarify.ts`.
 */
export const treemapScript = `
const root = JSON.parse(document.getElementById('data').textContent);
const svg = document.querySelector('svg'), crumbs = document.getElementById('crumbs'), field = document.querySelector('input'), note = document.querySelector('[role=status]');
const narrow = innerWidth < 640, W = narrow ? 700 : 1600, H = narrow ? 900 : 900, font = narrow ? 24 : 18, head = font + 10;
svg.setAttribute('viewBox', '0 0 ' + W + ' ' + H);
let trail = [root];
const human = (bytes) => { const units = ['B', 'K', 'M', 'G', 'T']; let at = 0; for (; bytes >= 1024 && at < 4; at++) bytes /= 1024; return (at === 0 ? bytes : bytes.toFixed(1)) + ' ' + units[at]; };
const layout = (nodes, x, y, w, h) => {
  const boxes = []; let rest = nodes.reduce((sum, node) => sum + node.s, 0), at = 0;
  while (at < nodes.length && rest > 0) {
    const side = Math.min(w, h), scale = w * h / rest; let sum = 0, worst = Infinity, end = at;
    for (; end < nodes.length; end++) {
      const next = sum + nodes[end].s, line = next * scale;
      const ratio = Math.max(side * side * nodes[at].s * scale / (line * line), line * line / (side * side * nodes[end].s * scale));
      if (ratio > worst) break;
      sum = next; worst = ratio;
    }
    const thick = sum * scale / side; let along = w >= h ? y : x;
    for (; at < end; at++) {
      const length = nodes[at].s * scale / thick;
      boxes.push(w >= h ? [x, along, thick, length] : [along, y, length, thick]);
      along += length;
    }
    if (w >= h) { x += thick; w = Math.max(0, w - thick); } else { y += thick; h = Math.max(0, h - thick); }
    rest -= sum;
  }
  return boxes;
};
const element = (name, attributes) => { const one = document.createElementNS('http://www.w3.org/2000/svg', name); for (const key in attributes) one.setAttribute(key, attributes[key]); return one; };
const wanted = () => field.value.trim().toLowerCase();
const draw = (node, path, box, level) => {
  const [x, y, w, h] = box;
  if (w < 3 || h < 3) return;
  const found = wanted() !== '' && node.n.toLowerCase().includes(wanted());
  const rect = element('rect', { x, y, width: w, height: h, fill: node.c ? 'hsl(' + (205 + level * 22) % 360 + ' 55% ' + Math.min(90, 74 + level * 4) + '%)' : 'hsl(38 70% 80%)', class: (node.c ? 'folder' : 'file') + (found ? ' found' : '') });
  const title = element('title', {});
  title.textContent = [...path.slice(1).map((one) => one.n), node.n].join('/') + ', ' + human(node.s) + ', ' + node.f + ' files';
  rect.append(title);
  if (node.c && level > 0) rect.addEventListener('click', () => zoom([...path, node]));
  svg.append(rect);
  const room = Math.floor((w - 8) / (font * .62));
  if (h >= head && room >= 4) {
    const all = [...(node.n + '  ' + human(node.s))], text = element('text', { x: x + 5, y: y + font + 2, 'font-size': font });
    text.textContent = all.length <= room ? all.join('') : all.slice(0, room - 1).join('') + '\\u2026';
    svg.append(text);
  }
  if (!node.c || h < head + 8 || w < 10 || level > 4) return;
  const boxes = layout(node.c, x + 3, y + head, w - 6, h - head - 3);
  node.c.forEach((child, index) => { if (boxes[index]) draw(child, level === 0 ? path : [...path, node], boxes[index], level + 1); });
};
const count = (node) => (node.n.toLowerCase().includes(wanted()) ? 1 : 0) + (node.c || []).reduce((sum, child) => sum + count(child), 0);
const show = () => {
  svg.replaceChildren();
  draw(trail.at(-1), trail, [0, 0, W, H], 0);
  crumbs.replaceChildren(...trail.map((node, index) => { const button = document.createElement('button'); button.type = 'button'; button.textContent = node.n; if (index === trail.length - 1) button.setAttribute('aria-current', 'true'); button.addEventListener('click', () => zoom(trail.slice(0, index + 1))); return button; }));
  note.textContent = wanted() === '' ? 'Click a folder to zoom in.' : count(trail.at(-1)) + ' names match.';
};
const zoom = (next) => { trail = next; show(); };
for (const button of document.querySelectorAll('button[data-path]')) button.addEventListener('click', () => {
  const next = [root];
  for (const name of JSON.parse(button.dataset.path)) { const child = (next.at(-1).c || []).find((one) => one.n === name); if (!child) break; next.push(child); }
  zoom(next); svg.scrollIntoView();
});
field.addEventListener('input', show);
show();
`;
