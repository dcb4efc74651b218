/** Modal dialogs on the native element: Escape closes them, and focus returns to where it was. */
import { button } from './button.ts';
import { make } from './dom.ts';

let number = 0;

/** Opens a dialog; returns a function that closes it. */
export function openDialog(
  title: string,
  content: readonly (Node | string)[],
  onClose?: () => void,
): () => void {
  number += 1;
  const id = `dialog-${number}`;
  const dialog = make(
    'dialog',
    { class: 'dialog', 'aria-labelledby': id },
    make('h2', { id }, title),
    ...content,
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}

/** Asks for a name; undefined if the dialog is cancelled. */
export function askName(title: string, action: string, initial = ''): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer: string | undefined;
    const input = make('input', {
      class: 'field',
      id: 'ask-name',
      required: true,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.value = initial;
    const finish = () => {
      if (input.value.trim() === '') return;
      answer = input.value;
      close();
    };
    const form = make(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          finish();
        },
      },
      make('label', { for: 'ask-name' }, 'Name'),
      input,
      make(
        'div',
        { class: 'dialog-actions' },
        button(action, finish, { appearance: 'primary' }),
        button('Cancel', () => close()),
      ),
    );
    const close = openDialog(title, [form], () => resolve(answer));
    input.focus();
    const dot = initial.lastIndexOf('.');
    input.setSelectionRange(0, dot > 0 ? dot : initial.length);
  });
}

/** Asks before something that cannot be undone. */
export function confirmAction(title: string, text: string, action: string): Promise<boolean> {
  return new Promise((resolve) => {
    let confirmed = false;
    const accept = () => {
      confirmed = true;
      close();
    };
    const actions = make(
      'div',
      { class: 'dialog-actions' },
      button(action, accept, { appearance: 'primary', class: 'danger' }),
      button('Cancel', () => close()),
    );
    const close = openDialog(title, [make('p', {}, text), actions], () => resolve(confirmed));
  });
}
