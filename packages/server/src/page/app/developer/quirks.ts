/** Quirks: behavior of the live service that its documentation does not describe, each with a switch. */
import '@fluentui/web-components/switch/define.js';
import { attempt } from '../kit/button.ts';
import { control, controlJson } from '../kit/control.ts';
import { fill, make } from '../kit/dom.ts';
import { toast } from '../kit/toast.ts';

interface Quirk {
  readonly name: string;
  readonly does: string;
  readonly enabled: boolean;
}

/** The section, and the function that shows which quirks are enabled. */
export function quirksSection() {
  const list = make('ul', { class: 'quirks' });
  const show = async () => {
    const { value } = await controlJson<{ readonly value: readonly Quirk[] }>('quirks');
    const set = async (name: string, enabled: boolean) => {
      const others = value.filter((quirk) => quirk.enabled && quirk.name !== name).map((quirk) => quirk.name);
      await control('quirks', 'PUT', { enabled: enabled ? [...others, name] : others });
      toast(`${name} is ${enabled ? 'on' : 'off'}.`);
      await show();
    };
    fill(list, ...value.map((quirk) => line(quirk, set)));
  };
  const section = make(
    'section',
    { class: 'card' },
    make('h2', {}, 'Quirks'),
    make(
      'p',
      {},
      'Behavior of the live service that its documentation does not describe. All are off by default; a restart goes back to ',
      make('code', {}, '--quirks'),
      '.',
    ),
    list,
  );
  return { section, show };
}

function line(
  { name, does, enabled }: Quirk,
  set: (name: string, on: boolean) => Promise<void>,
): HTMLElement {
  const id = `quirk-${name}`;
  const toggle = make('fluent-switch', {
    role: 'switch',
    id,
    checked: enabled,
    'aria-checked': String(enabled),
    'aria-labelledby': `${id}-name`,
    'aria-describedby': `${id}-text`,
    onchange: () => void attempt(() => set(name, !enabled)),
  });
  return make(
    'li',
    {},
    toggle,
    make('div', {}, make('strong', { id: `${id}-name` }, name), make('p', { id: `${id}-text` }, does)),
  );
}
