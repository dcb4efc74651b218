/**
 * Every command in every form of output, each against its file in forms/: what is typed, what comes back, and the exit
 * status. Ids, addresses and times that differ from run to run are redacted. `npx vitest run test/transcripts/forms.test.ts -u`
 * updates the files; read them before they are committed.
 */
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../packages/cli/src/definition/registry.ts';
import { calls, forms } from './forms.ts';
import { type Machine, startMachine } from './machine.ts';
import { told } from './told.ts';

/** On every machine: a file of two versions, a folder with a file of the same content, and a name that means harm. */
const setUp = [
  'write a.txt first',
  'onedrive-cli put a.txt',
  'write a.txt second',
  'onedrive-cli put a.txt',
  'onedrive-cli mkdir Docs',
  "onedrive-cli put a.txt --name 'line\u2028two \u202egpj.txt' Docs",
];

async function ready(account: string, before: readonly string[]): Promise<Machine> {
  const machine = await startMachine({ account });
  if (account !== 'none') for (const command of [...setUp, ...before]) await machine.type(command);
  return machine;
}

it('every command has its call', () => {
  expect(Object.keys(calls).sort()).toEqual([...commandNames].sort());
});

describe.each(Object.entries(calls))(
  '%s',
  (name, { words = '', before = [], columns, account = 'business', changes }) => {
    it('prints in every form the output in its file', async () => {
      const file: string[] = [];
      let machine = await ready(account, before);
      for (const form of forms(columns)) {
        const line = `onedrive-cli ${form} ${name} ${words}`.replaceAll(/ +/g, ' ').trimEnd();
        file.push(`$ ${line}\n${told(await machine.type(line))}`);
        if (changes !== true) continue;
        await machine.remove();
        machine = await ready(account, before);
      }
      await machine.remove();
      await expect(file.join('\n')).toMatchFileSnapshot(`forms/${name}.txt`);
    });
  },
);
