/** The sharing audit as a page: who can access what, with links for everybody and links that allow changes marked. */
import { escaped } from './escaped.ts';
import { type ReportFacts, reportPage } from './report-page.ts';

/** One permission of one item. */
export interface AuditLine {
  readonly path: string;
  readonly who: string;
  /** Joined with commas. */
  readonly roles: string;
  readonly expires?: string | undefined;
  readonly inherited?: boolean | undefined;
  /** Id of the permission. */
  readonly id?: string | undefined;
  /** Scope of a sharing link; undefined for a permission of a person. */
  readonly linkScope?: string | undefined;
}

const isWrite = ({ roles }: AuditLine): boolean => /\b(write|owner)\b/.test(roles);
const isAnonymous = ({ linkScope }: AuditLine): boolean => linkScope === 'anonymous';

const columns = ['Path', 'Who has access', 'Access', 'Expires', 'Inherited'] as const;

/** Sorts the rows by a column on a click, and filters them. */
const script = `
const body = document.querySelector('tbody'), heads = [...document.querySelectorAll('th')], field = document.querySelector('input'), count = document.querySelector('[role=status]');
heads.forEach((head, column) => head.firstElementChild.addEventListener('click', () => {
  const down = head.getAttribute('aria-sort') === 'ascending';
  heads.forEach((other) => other.removeAttribute('aria-sort'));
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const rows = [...body.rows].sort((a, b) => a.cells[column].textContent.localeCompare(b.cells[column].textContent, undefined, { numeric: true }));
  body.append(...(down ? rows.reverse() : rows));
}));
const filter = () => {
  const words = field.value.toLowerCase().split(/\\s+/);
  let shown = 0;
  for (const row of body.rows) { const text = row.textContent.toLowerCase(); row.hidden = !words.every((word) => text.includes(word)); if (!row.hidden) shown += 1; }
  count.textContent = shown + ' of ' + body.rows.length + ' permissions';
};
field.addEventListener('input', filter);
filter();
`;

/** The HTML of the page. */
export function auditPage(folder: string, lines: readonly AuditLine[], facts: ReportFacts): string {
  const anonymous = lines.filter(isAnonymous);
  const summary = `${lines.length} permissions, ${anonymous.length} for anyone with a link, ${anonymous.filter(isWrite).length} of them with write access.`;
  const heads = columns
    .map((title) => `<th scope="col"><button type="button">${title}</button></th>`)
    .join('');
  const content = `<div class="bar"><input type="search" aria-label="Filter" placeholder="Filter"><span class="quiet" role="status"></span></div>
<div class="card"><table class="stack">
<thead><tr>${heads}</tr></thead>
<tbody>
${lines.map(row).join('')}</tbody>
</table></div>`;
  return reportPage({ title: `Who can access ${folder}`, summary, content, script, ...facts });
}

function row(line: AuditLine): string {
  const { path, who, roles, expires, inherited } = line;
  const marks = [isAnonymous(line) && 'Anyone', isAnonymous(line) && isWrite(line) && 'Can edit']
    .filter((mark) => mark !== false)
    .map((mark) => ` <span class="mark">${mark}</span>`);
  const cells = [
    escaped(path),
    `${escaped(who)}${marks.join('')}`,
    isWrite(line) ? 'Can edit' : roles === '' ? '' : 'Can view',
    expires === undefined ? 'Never' : escaped(expires),
    inherited === true ? 'From a folder above' : '',
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}
