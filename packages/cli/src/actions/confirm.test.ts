/** The question before what cannot be undone, at a terminal and without one. */
import { expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { confirm, confirmAtTerminal } from './confirm.ts';

/** A context with a user who types `typed`; undefined: no user. */
function asked(typed: string | undefined, flags: { yes?: boolean; noInput?: boolean } = {}) {
  const shown: string[] = [];
  async function* bytes() {
    if (typed !== undefined) yield new TextEncoder().encode(typed);
  }
  const context = {
    flags: { yes: false, noInput: false, ...flags },
    signal: new AbortController().signal,
    streams: {
      stdin: { isTTY: typed !== undefined, bytes },
      stderr: { isTTY: true, columns: 80, write: async (text: string) => void shown.push(text) },
    },
  } as unknown as Context;
  return { context, shown };
}

it.each(['y\n', 'yes\n', ' Y \n', 'yes'])('%j lets it go on, after the question', async (typed) => {
  const { context, shown } = asked(typed);
  await confirm(context, 'delete it');
  expect(shown).toEqual(['Delete it? This cannot be undone. [y/N] ']);
});

it.each([
  ['no', 'n\n'],
  ['an empty line', '\n'],
  ['the end of input', ''],
  ['anything else', 'yes please\n'],
  ['a yes that comes late', '\ny\n'],
])('%s stops it', async (_, typed) => {
  const answer = { code: 'usage', message: 'Cancelled. Nothing was changed.' };
  await expect(confirm(asked(typed).context, 'delete it')).rejects.toMatchObject(answer);
  await expect(confirmAtTerminal(asked(typed).context, 'delete it')).rejects.toMatchObject(answer);
});

it('--yes asks nothing, at a terminal and without one', async () => {
  for (const typed of ['n\n', undefined]) {
    const { context, shown } = asked(typed, { yes: true });
    await confirm(context, 'delete it');
    expect(shown).toEqual([]);
  }
});

it('without a terminal, and with --no-input, it fails and prints the option that confirms', async () => {
  for (const { context, shown } of [asked(undefined), asked('y\n', { noInput: true })]) {
    await expect(confirm(context, 'delete it')).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--yes'),
    });
    await confirmAtTerminal(context, 'delete it');
    expect(shown).toEqual([]);
  }
});

it('what is asked cannot speak to the terminal', async () => {
  const { context, shown } = asked('y\n');
  await confirm(context, 'delete \u001b[2J\u202egpj.exe');
  expect(shown.join('')).not.toMatch(/[\u001b\u202e]/);
});

it('mentions an undo that is possible', async () => {
  const { context, shown } = asked('y\n');
  await confirmAtTerminal(context, 'remove it', 'It can be restored.');
  expect(shown).toEqual(['Remove it? It can be restored. [y/N] ']);
});
