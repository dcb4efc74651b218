/** Counters over all requests since the log was cleared. */
import { controlJson } from '../kit/control.ts';
import { fill, make } from '../kit/dom.ts';

interface Counters {
  readonly requests: number;
  readonly units: number;
  readonly faults: number;
  readonly methods: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
}

function total(statuses: Counters['statuses'], test: (status: string) => boolean): number {
  return Object.entries(statuses).reduce((sum, [status, count]) => sum + (test(status) ? count : 0), 0);
}

/** The list of counters, and the function that updates it. */
export function counters() {
  const list = make('dl', { class: 'counters' });
  const poll = async () => {
    const { requests, units, faults, statuses } = await controlJson<Counters>('counters');
    const shown: Readonly<Record<string, number>> = {
      Requests: requests,
      Successful: total(statuses, (status) => /^[123]/.test(status)),
      Refused: total(statuses, (status) => status.startsWith('4')),
      Failed: total(statuses, (status) => /^(5|broken)/.test(status)),
      'Faults injected': faults,
      'Resource units': units,
    };
    fill(
      list,
      ...Object.entries(shown).map(([name, value]) =>
        make('div', {}, make('dt', {}, name), make('dd', {}, value.toLocaleString('en'))),
      ),
    );
  };
  return { list, poll };
}
