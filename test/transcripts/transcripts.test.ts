/** Runs every transcript of this folder: each is typed on a fresh machine, command by command, and compared. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Result, startMachine } from './machine.ts';
import { matches, parseScript, type Step } from './script.ts';

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe.each(names)('%s', (name) => {
  const script = parseScript(readFileSync(new URL(name, folder), 'utf8'));
  test(script.title, async () => {
    const machine = await startMachine(script.directives);
    try {
      for (const step of script.steps) check(step, await machine.type(step.command));
    } finally {
      await machine.remove();
    }
  });
});

/** On a difference the whole exchange is shown, so that a transcript can be corrected by reading. */
function check(step: Step, result: Result): void {
  const typed = `line ${step.line}: $ ${step.command}`;
  const actual = {
    typed,
    stdout: matches(step.stdout, result.stdout) ? step.stdout : result.stdout.split('\n'),
    stderr: matches(step.stderr, result.stderr) ? step.stderr : result.stderr.split('\n'),
    status: result.status,
  };
  expect(actual).toEqual({ typed, stdout: step.stdout, stderr: step.stderr, status: step.status });
}
