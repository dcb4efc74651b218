/** Snapshots of the whole server, and the reset to its seed. Both say what they delete before they do. */
import { button } from '../kit/button.ts';
import { control, controlJson } from '../kit/control.ts';
import { confirmAction } from '../kit/dialog.ts';
import { fill, make } from '../kit/dom.ts';
import { signOut } from '../kit/session.ts';
import { toast } from '../kit/toast.ts';

const everything =
  'every file of every drive with its versions, the recycle bins, sharing links, accounts and sign-ins';

/** A warning for drives that are kept on disk. */
async function diskWarning(): Promise<string> {
  const { storage } = await controlJson<{ readonly storage: string }>('health');
  return storage === 'disk'
    ? ' The drives are stored in a folder on disk, and their files are deleted from it for good.'
    : '';
}

/** The section, and the function that lists the snapshots. */
export function snapshotsSection() {
  const list = make('ul', { class: 'rules' });
  const name = make('input', {
    id: 'snapshot-name',
    class: 'field',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'before-test',
  });
  const show = async () => {
    const { value } = await controlJson<{ readonly value: readonly string[] }>('snapshots');
    fill(list, ...value.map((one) => line(one, show)));
    if (value.length === 0) fill(list, make('li', { class: 'quiet' }, 'There are no snapshots.'));
  };
  const take = async () => {
    const wanted =
      name.value.trim() === ''
        ? `snapshot-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}`
        : name.value.trim();
    await control(`snapshots/${encodeURIComponent(wanted)}`, 'PUT');
    name.value = '';
    toast(`Saved the state as “${wanted}”.`);
    await show();
  };
  const section = make(
    'section',
    { class: 'card' },
    make('h2', {}, 'State'),
    make(
      'p',
      {},
      'A snapshot holds all files, versions, permissions, accounts and sign-ins, but no uploads in progress.',
    ),
    make('label', { for: 'snapshot-name' }, 'Name of the snapshot'),
    make('div', { class: 'bar' }, name, button('Take a snapshot', take)),
    list,
    make('h3', {}, 'Reset'),
    make('p', {}, `Deletes ${everything}, and the snapshots; then loads the seed again.`),
    make(
      'div',
      { class: 'bar' },
      button('Reset the server', () => reset(show), { class: 'danger' }),
    ),
  );
  return { section, show };
}

function line(name: string, show: () => Promise<void>): HTMLElement {
  const path = `snapshots/${encodeURIComponent(name)}`;
  const restore = async () => {
    const text = `“${name}” takes the place of the current state. This deletes every change since it was taken: files, versions, recycle bins, sharing links, accounts and sign-ins. Uploads in progress end.${await diskWarning()}`;
    if (!(await confirmAction(`Restore “${name}”?`, text, 'Restore the snapshot'))) return;
    await control(`${path}/restore`, 'POST');
    toast(`Restored the snapshot “${name}”.`);
  };
  const remove = async () => {
    await control(path, 'DELETE');
    toast(`Deleted the snapshot “${name}”.`);
    await show();
  };
  return make(
    'li',
    { class: 'snapshot' },
    make('code', {}, name),
    button('Restore', restore, { icon: 'restore', size: 'small', 'aria-label': `Restore ${name}` }),
    button('Delete', remove, {
      icon: 'delete',
      size: 'small',
      appearance: 'subtle',
      'aria-label': `Delete ${name}`,
    }),
  );
}

async function reset(show: () => Promise<void>): Promise<void> {
  const text = `This deletes ${everything}, and all snapshots, and loads the seed again. It cannot be undone.${await diskWarning()}`;
  if (!(await confirmAction('Reset the server?', text, 'Delete everything'))) return;
  await control('reset', 'POST', { files: true });
  signOut();
  toast('The server was reset to its seed.');
  await show();
}
