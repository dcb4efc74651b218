/** Renders rows as a self-contained HTML page, without scripts. */
import { cellText, type Rows } from './rows.ts';
import { escaped } from './treemap.ts';

/** The HTML of the page. */
export function tablePage(title: string, { columns, rows }: Rows): string {
  const line = (cells: readonly unknown[], tag: 'td' | 'th'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cellText(cell))}</${tag}>`).join('')}</tr>\n`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
body { margin: 1rem; font: 14px system-ui, sans-serif; }
table { border-collapse: collapse; } th { text-align: left; } th, td { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #ccc; }
</style>
<h1>${escaped(title)}</h1>
<table>
${line(columns, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>
</html>
`;
}
