/** The details of one request: its headers and those of the response, and a curl command that repeats it. */
import { button } from '../kit/button.ts';
import { make } from '../kit/dom.ts';
import { toast } from '../kit/toast.ts';
import { curlCommand, type LogEntry } from './log-entry.ts';

/** The content of the panel. */
export function requestDetails(entry: LogEntry, close: () => void): readonly HTMLElement[] {
  const copy = async () => {
    await navigator.clipboard.writeText(curlCommand(entry));
    toast('Copied. Tokens are redacted in the log: put in one of your own.');
  };
  const { method, url, status, ms, units, faults, time, requestHeaders, responseHeaders } = entry;
  const facts: Readonly<Record<string, string>> = {
    Time: new Date(time).toISOString(),
    Status: status === undefined ? 'The connection broke before a response.' : String(status),
    Duration: `${ms.toFixed(1)} ms until the response started`,
    'Resource units': String(units),
    ...(faults.length > 0 ? { Faults: faults.join(', ') } : {}),
  };
  return [
    make(
      'header',
      {},
      make('h2', { id: 'request-title' }, `${method} request`),
      button('', close, { icon: 'close', appearance: 'transparent', 'aria-label': 'Close request' }),
    ),
    make('code', { class: 'url' }, url),
    button('Copy as curl', copy, { icon: 'copy' }),
    terms('', facts),
    terms('Request headers', requestHeaders),
    terms('Response headers', responseHeaders),
  ];
}

function terms(title: string, values: Readonly<Record<string, string>>): HTMLElement {
  const entries = Object.entries(values).map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, value)),
  );
  return make(
    'div',
    {},
    title === '' ? undefined : make('h3', {}, title),
    make('dl', { class: 'headers' }, ...entries),
  );
}
