/**
 * A self-contained HTML page for reports: it can be mailed and opened anywhere, and loads nothing. Its policy allows one
 * style sheet and one script by their hashes. Names are escaped, because they come from other people.
 */
import { createHash } from 'node:crypto';
import { escaped } from './escaped.ts';

/** What a report is about. */
export interface ReportFacts {
  /** Whose drive it is. */
  readonly account: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface Report extends ReportFacts {
  readonly title: string;
  readonly summary: string;
  /** Markup, escaped by the caller. */
  readonly content: string;
  readonly script: string;
}

const style = `
:root { color-scheme: light dark; --ink: #242424; --quiet: #545454; --paper: #fff; --ground: #f5f5f5; --line: #d8d8d8; --accent: #0f5ca8; --bad: #b10e1c; --bad-ground: #fdf1f2; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --quiet: #c4c4c4; --paper: #292929; --ground: #171717; --line: #4a4a4a; --accent: #8cc4f8; --bad: #f3a9ae; --bad-ground: #3a1a1d; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
p { margin: 0 0 1rem; }
.quiet { color: var(--quiet); font-size: .875rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; overflow: auto; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin: 0 0 .75rem; }
input, button { min-height: 2.25rem; padding: 0 .75rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: .25rem; }
input { flex: 1; min-width: 8rem; max-width: 24rem; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .75rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
th button, td button { min-height: 0; padding: 0; font-weight: 600; text-align: start; background: none; border: 0; }
td button { font-weight: 400; color: var(--accent); text-decoration: underline; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.mark { display: inline-block; padding: 0 .5rem; margin-inline-end: .25rem; font-size: .8125rem; font-weight: 600; color: var(--bad); background: var(--bad-ground); border: 1px solid var(--bad); border-radius: 1rem; white-space: nowrap; }
svg { display: block; width: 100%; height: auto; }
rect { stroke: var(--paper); stroke-width: 2; cursor: default; }
rect.folder { cursor: pointer; }
rect.found { stroke: #b10e1c; stroke-width: 6; }
svg text { fill: #1b1b1b; pointer-events: none; }
@media (max-width: 40rem) {
  body { padding: .75rem; }
  .stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stack tr, .stack td { display: block; border: 0; padding-block: .1rem; }
  .stack tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
}
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The HTML of the page. */
export function reportPage({ title, summary, account, time, content, script }: Report): string {
  const date = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
<main>
<h1>${escaped(title)}</h1>
<p class="quiet">${escaped(account)} &middot; ${date} UTC</p>
<p>${escaped(summary)}</p>
${content}
</main>
<script>${script}</script>
</html>
`;
}
