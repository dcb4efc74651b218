/** Faults: predefined ones, and a plan of one's own. */
import { button } from '../kit/button.ts';
import { control, controlJson } from '../kit/control.ts';
import { fill, make } from '../kit/dom.ts';
import { countText } from '../kit/text.ts';
import { toast } from '../kit/toast.ts';

interface Rule {
  readonly match?: object;
  readonly times?: number;
  readonly chance?: number;
  readonly fault: Readonly<Record<string, string | number>> & { readonly kind: string };
}

interface Plan {
  readonly rules: readonly Rule[];
  /** How often each rule was applied. */
  readonly struck: readonly number[];
}

const predefined: readonly (readonly [title: string, rule: Rule])[] = [
  ['Throttle the next 3 requests', { times: 3, fault: { kind: 'status', status: 429, retryAfter: 2 } }],
  ['Break the next connection', { times: 1, fault: { kind: 'reset' } }],
  ['Lose the next answer', { times: 1, fault: { kind: 'lose-answer' } }],
  ['Delay requests by 1 s', { fault: { kind: 'delay', ms: 1000 } }],
  ['Fail one request in ten', { chance: 0.1, fault: { kind: 'status', status: 503 } }],
];

/** The section, and the function that shows the plan that is in force. */
export function faultsSection() {
  const plan = make('textarea', { id: 'plan', rows: 12, spellcheck: 'false', class: 'field' });
  const rules = make('ul', { class: 'rules' });
  const show = async () => {
    const { struck, ...current } = await controlJson<Plan>('faults');
    plan.value = JSON.stringify(current, null, 2);
    fill(rules, ...current.rules.map((rule, index) => ruleLine(rule, struck[index] ?? 0)));
    if (current.rules.length === 0) fill(rules, make('li', { class: 'quiet' }, 'No faults are injected.'));
  };
  const apply = async (wanted: unknown) => {
    await control('faults', 'PUT', wanted);
    await show();
    toast('The fault plan is active.');
  };
  const off = async () => {
    await control('faults', 'DELETE');
    await show();
    toast('No faults are injected.');
  };
  const buttons = predefined.map(([title, rule]) =>
    button(title, () => apply({ rules: [{ match: { path: '/v1.0/*' }, ...rule }] })),
  );
  const section = make(
    'section',
    { class: 'card' },
    make('h2', {}, 'Faults'),
    make('p', {}, 'Faults change how the server answers programs; this page and the control API are spared.'),
    make(
      'div',
      { class: 'bar', role: 'group', 'aria-label': 'Predefined faults' },
      ...buttons,
      button('No faults', off, { appearance: 'primary' }),
    ),
    rules,
    make('label', { for: 'plan' }, 'Fault plan (JSON)'),
    plan,
    make(
      'div',
      { class: 'bar' },
      button('Apply this plan', () => apply(JSON.parse(plan.value))),
    ),
  );
  return { section, show };
}

function ruleLine({ fault, match }: Rule, struck: number): HTMLElement {
  const { kind, ...rest } = fault;
  const details = Object.entries({ ...rest, ...match }).map(([name, value]) => `${name} ${String(value)}`);
  return make(
    'li',
    {},
    make('span', { class: 'badge' }, kind),
    ` ${details.join(', ')}: applied to ${countText(struck, 'request')}`,
  );
}
