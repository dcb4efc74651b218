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
    const happened: Exchange[] = [];
    try {
      for (const step of script.steps) happened.push(seen(step, await machine.type(step.command)));
    } finally {
      await machine.remove();
    }
    expect(happened).toEqual(script.steps.map(expected));
  });
});

/** One command and what came back. */
interface Exchange {
  readonly $: string;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly status: number;
}

function expected({ line, command, stdout, stderr, status }: Step): Exchange {
  return { $: `line ${line}: ${command}`, stdout, stderr, status };
}

/** What came back; where it matches the pattern, the pattern: only differences are shown then. */
function seen(step: Step, result: Result): Exchange {
  const told = (pattern: readonly string[], text: string): readonly string[] =>
    matches(pattern, text) ? pattern : text.replace(/\n$/, '').split('\n');
  const { status } = result;
  return {
    ...expected(step),
    stdout: told(step.stdout, result.stdout),
    stderr: told(step.stderr, result.stderr),
    status,
  };
}
