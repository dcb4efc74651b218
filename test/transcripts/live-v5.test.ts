/**
 * The scenarios of Microsoft Graph, played a second time over Live v5.0: the same command lines on a machine whose
 * profile says `api: live-v5`. What is answered otherwise than over Graph stands in live/ under the same name, and
 * nothing else does. `npx vitest run test/transcripts/live-v5.test.ts -u` updates the files; read them before they
 * are committed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { type Machine, type Result, startMachine } from './machine.ts';
import { matches, parseScript, type Script, type Step } from './script.ts';
import { told } from './told.ts';

const folder = new URL('.', import.meta.url);
const textsIn = (path: URL) => readdirSync(path).filter((name) => name.endsWith('.txt'));
const scenarios = textsIn(folder).filter((name) => !name.startsWith('live-v5'));
const goldens = textsIn(new URL('live/', folder));

/** Scenarios of what v5.0 never had, with the reason. */
const onlyOfGraph: Readonly<Record<string, string>> = {
  'batches.txt': 'many calls in one request are of Graph; move.txt has the commands on many objects',
  'business-account.txt': 'v5.0 knew personal accounts only; personal-account.txt types the same commands',
  'business-more.txt': 'sites, versions, sharing with people and check-out are of business drives',
  'business-restore.txt': 'the recycle bin and versions are of business drives',
  'business-urls.txt': 'addresses of sites and of Teams are of business drives',
};

const played = scenarios.filter((name) => !Object.hasOwn(onlyOfGraph, name));

it('every scenario of Graph has its answers over v5.0, or a reason why it has none', () => {
  expect(goldens).toEqual(played);
  expect(scenarios).toEqual(expect.arrayContaining(Object.keys(onlyOfGraph)));
});

describe.each(played)('%s', (name) => {
  const script = parseScript(readFileSync(new URL(name, folder), 'utf8'));
  test(`over v5.0: ${script.title}`, async () => {
    const machine = await startMachine(overLive(script));
    try {
      const differences = await differencesOf(script.steps, machine);
      const file = [`# over v5.0: ${script.title}\n`, ...differences].join('\n');
      await expect(file).toMatchFileSnapshot(`live/${name}`);
    } finally {
      await machine.remove();
    }
  });
});

/** On a personal account where the scenario has one: v5.0 knew no other. */
function overLive({ directives }: Script): Readonly<Record<string, string>> {
  return { ...directives, ...(directives['account'] && { account: 'personal' }), api: 'live-v5' };
}

/** The commands that are not answered as over Graph, with the answer; one that was typed before is counted. */
async function differencesOf(steps: readonly Step[], machine: Machine): Promise<string[]> {
  const differences: string[] = [];
  const typed = new Map<string, number>();
  for (const step of steps) {
    const time = (typed.get(step.command) ?? 0) + 1;
    typed.set(step.command, time);
    const result = await machine.type(step.command);
    if (sameAsGraph(step, result)) continue;
    differences.push(
      `$ ${step.command}${time === 1 ? '' : `  (time ${time})`}\n${told(withoutHeaders(result))}`,
    );
  }
  return differences;
}

function sameAsGraph(step: Step, { stdout, stderr, status }: Result): boolean {
  return step.status === status && matches(step.stdout, stdout) && matches(step.stderr, stderr);
}

/** Of what --debug shows, the requests and the answers alone. */
function withoutHeaders(result: Result): Result {
  return { ...result, stderr: result.stderr.replaceAll(/^\[\d+\] {3}.*\n/gm, '') };
}
