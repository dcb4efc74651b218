/** The clock of the server: stop it, or let time pass at once. */
import { button } from '../kit/button.ts';
import { controlJson } from '../kit/control.ts';
import { fill, make } from '../kit/dom.ts';

interface Clock {
  readonly time: string;
  readonly stopped: boolean;
}

const steps: readonly (readonly [title: string, ms: number])[] = [
  ['+1 minute', 60_000],
  ['+1 hour', 3_600_000],
  ['+1 day', 86_400_000],
  ['+30 days', 30 * 86_400_000],
];

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** The section, and the function that shows the time. */
export function clockSection() {
  const time = make('time', { class: 'now' });
  const state = make('span', { class: 'badge', hidden: true }, 'stopped');
  const toggle = make('div', {});
  const show = ({ time: now, stopped }: Clock) => {
    time.dateTime = now;
    time.textContent = format.format(new Date(now));
    state.hidden = !stopped;
    const title = stopped ? 'Start the clock' : 'Stop the clock';
    if (toggle.textContent !== title)
      fill(
        toggle,
        button(title, () => move(stopped ? { start: true } : { stop: true }), {
          icon: stopped ? 'play' : 'pause',
        }),
      );
  };
  const move = async (change: object) => show(await controlJson<Clock>('clock', 'POST', change));
  const section = make(
    'section',
    { class: 'card' },
    make('h2', {}, 'Clock'),
    make('p', {}, 'Tokens, sessions and links expire by this clock.'),
    make('p', {}, time, ' ', state),
    make(
      'div',
      { class: 'bar' },
      toggle,
      ...steps.map(([title, ms]) => button(title, () => move({ advance: ms }))),
    ),
  );
  return { section, poll: async () => show(await controlJson<Clock>('clock')) };
}
