/** Short messages at the bottom of the page, with at most one action, such as Undo. Screen readers read them aloud. */
import '@fluentui/web-components/button/define.js';
import { byId, make } from './dom.ts';
import { icon } from './icons.ts';
import { messageOf } from './text.ts';

export interface ToastOptions {
  readonly bad?: boolean;
  readonly action?: { readonly text: string; readonly work: () => unknown };
}

const shownFor = 8000;
const mostAtOnce = 3;

/** Shows a message for some seconds; errors stay until they are closed. */
export function toast(text: string, { bad = false, action }: ToastOptions = {}): void {
  const box = make('div', { class: bad ? 'toast bad' : 'toast' });
  const close = () => box.remove();
  box.append(icon(bad ? 'warning' : 'check'), make('span', { class: 'text' }, text));
  if (action !== undefined) box.append(actionButton(action, close));
  box.append(
    make(
      'fluent-button',
      {
        role: 'button',
        appearance: 'transparent',
        size: 'small',
        'icon-only': true,
        'aria-label': 'Close message',
        onclick: close,
      },
      icon('close'),
    ),
  );
  const toasts = byId('toasts');
  toasts.append(box);
  while (toasts.children.length > mostAtOnce) toasts.firstElementChild?.remove();
  if (!bad) setTimeout(close, shownFor);
}

function actionButton(action: { readonly text: string; readonly work: () => unknown }, close: () => void) {
  return make(
    'fluent-button',
    {
      role: 'button',
      appearance: 'outline',
      size: 'small',
      onclick: async () => {
        close();
        try {
          await action.work();
        } catch (error) {
          toast(messageOf(error), { bad: true });
        }
      },
    },
    action.text,
  );
}
