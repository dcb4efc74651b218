/** The request log: the newest request first, with a filter, and the details of the request that is chosen. */
import { button } from '../kit/button.ts';
import { control } from '../kit/control.ts';
import { fill, make } from '../kit/dom.ts';
import { type LogEntry, matches, outcomeOf, pathOf } from './log-entry.ts';
import { requestDetails } from './request-details.ts';

/** Requests that are kept in the page; the server keeps a thousand. */
const kept = 1000;
/** Rows that are drawn. */
const drawn = 200;

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The section, and the function that asks for new requests. */
export function requestLog() {
  let entries: readonly LogEntry[] = [];
  let chosen: number | undefined;
  let paused = false;
  const body = make('tbody', {});
  const count = make('p', { class: 'quiet', role: 'status' });
  const side = make('aside', { class: 'request', 'aria-labelledby': 'request-title', hidden: true });
  const filter = filterField(() => draw());
  const draw = () => {
    const shown = entries.filter((entry) => matches(entry, filter.value));
    fill(body, ...shown.slice(0, drawn).map((entry) => row(entry, entry.id === chosen, choose)));
    const more = shown.length > drawn ? `, the newest ${drawn} shown` : '';
    count.textContent = `${shown.length.toLocaleString('en')} of ${entries.length.toLocaleString('en')} requests${more}`;
  };
  const choose = (entry: LogEntry | undefined) => {
    chosen = entry?.id;
    side.hidden = entry === undefined;
    if (entry !== undefined) fill(side, ...requestDetails(entry, () => choose(undefined)));
    draw();
  };
  const poll = async () => {
    if (paused) return;
    const text = await (await control(`requests?after=${entries[0]?.id ?? 0}`)).text();
    const added = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LogEntry);
    if (added.length === 0) return;
    entries = [...added.toReversed(), ...entries].slice(0, kept);
    draw();
  };
  const clear = async () => {
    await control('requests', 'DELETE');
    entries = [];
    choose(undefined);
  };
  const pause = () => {
    paused = !paused;
    return paused;
  };
  draw();
  return { section: section(bar(filter, { clear, pause }), count, body, side), poll };
}

function filterField(changed: () => void): HTMLInputElement {
  const label = 'Filter, for example: PUT 4xx upload';
  const input = make('input', { class: 'field', type: 'search', placeholder: label, 'aria-label': label });
  input.addEventListener('input', changed);
  return input;
}

function bar(
  filter: HTMLElement,
  { clear, pause }: { readonly clear: () => Promise<void>; readonly pause: () => boolean },
): HTMLElement {
  const pauseButton: HTMLElement = button(
    'Pause',
    () => {
      pauseButton.setAttribute('aria-pressed', String(pause()));
    },
    { icon: 'pause', 'aria-pressed': 'false' },
  );
  return make(
    'div',
    { class: 'bar' },
    filter,
    pauseButton,
    button('Clear', clear, { icon: 'delete' }),
    make(
      'a',
      { class: 'link-button', href: '/_control/requests.har', download: 'requests.har' },
      'Save as HAR',
    ),
  );
}

function section(top: HTMLElement, count: HTMLElement, body: HTMLElement, side: HTMLElement): HTMLElement {
  const heads = ['Time', 'Request', 'Status', 'Duration', 'Units'];
  const table = make(
    'table',
    {},
    make('thead', {}, make('tr', {}, ...heads.map((title) => make('th', { scope: 'col' }, title)))),
    body,
  );
  const scroll = make(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Request log' },
    table,
  );
  return make('section', { class: 'requests' }, top, make('div', { class: 'panes' }, scroll, side), count);
}

function row(entry: LogEntry, isChosen: boolean, choose: (entry: LogEntry) => void): HTMLElement {
  const { method, status, ms, units, faults } = entry;
  const chooser = make(
    'button',
    {
      type: 'button',
      'aria-pressed': String(isChosen),
      onclick: () => {
        choose(entry);
      },
    },
    make('strong', {}, method),
    ' ',
    pathOf(entry),
  );
  return make(
    'tr',
    { class: `${outcomeOf(entry)}${isChosen ? ' chosen' : ''}` },
    make('td', { class: 'time' }, time.format(entry.time)),
    make(
      'td',
      { class: 'target' },
      make('div', {}, chooser, ...faults.map((fault) => make('span', { class: 'badge' }, fault))),
    ),
    make('td', {}, make('span', { class: 'status' }, status === undefined ? 'broken' : String(status))),
    make('td', { class: 'number' }, `${Math.round(ms)} ms`),
    make('td', { class: 'number' }, String(units)),
  );
}
