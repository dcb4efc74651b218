/** Fluent buttons. They have an explicit role, because some tools do not read the one of a custom element. */
import '@fluentui/web-components/button/define.js';
import { make, type Properties } from './dom.ts';
import { type IconName, icon } from './icons.ts';
import { messageOf } from './text.ts';
import { toast } from './toast.ts';

export interface ButtonOptions extends Properties {
  readonly icon?: IconName | undefined;
  readonly appearance?: 'primary' | 'subtle' | 'outline' | 'transparent' | undefined;
}

/** A button with a text, and possibly an icon before it; `text` may be empty if `aria-label` is given. */
export function button(text: string, work: () => unknown, options: ButtonOptions = {}): HTMLElement {
  const { icon: name, ...properties } = options;
  const image = name === undefined ? undefined : icon(name, text === '' ? undefined : 'start');
  return make(
    'fluent-button',
    {
      role: 'button',
      type: 'button',
      'icon-only': text === '',
      title: text === '' ? properties['aria-label'] : undefined,
      ...properties,
      onclick: () => void attempt(work),
    },
    image,
    text,
  );
}

/** Runs an action, and shows the message of its error. */
export async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    toast(messageOf(error), { bad: true });
  }
}
