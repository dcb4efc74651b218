/**
 * What takes too long for every test run: `npm run soak -- NAME [--count N] [--seed N]`. `kill`: so many kills of a writing
 * server; `large-drive`: delta, listing and search of so many items; `large-folder`: as many in one folder; `large-file`: so
 * many GiB up and down. Prints a line of JSON for each step and ends with 1 when something is wrong.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWriter, killAgainAndAgain } from './kill.ts';
import { largeDrive, largeFile } from './large.ts';
import { seeded } from './seeded.ts';

const [root = '', work = '', ...rest] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args: rest,
  allowPositionals: true,
  options: { count: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const count = (usual: number): number => Number(values.count ?? usual);

async function kill(folder: string): Promise<unknown> {
  const program = await bundleWriter(root, work);
  const answers = await killAgainAndAgain({
    program,
    folder,
    kills: count(100),
    random: seeded(Number(values.seed)),
    onRound: (round, sofar) => console.log(JSON.stringify({ kills: round + 1, answers: sofar })),
  });
  return { answers };
}

const scenarios: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  kill,
  'large-drive': (folder) => largeDrive(folder, count(1_000_000), 1000),
  'large-folder': (folder) => largeDrive(folder, count(200_000), Number.MAX_SAFE_INTEGER),
  'large-file': (folder) => largeFile(folder, count(10)),
};

const scenario = scenarios[positionals[0] ?? ''];
if (scenario === undefined) {
  console.error(`usage: npm run soak -- ${Object.keys(scenarios).join('|')} [--count N] [--seed N]`);
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'onedrive-kit-soak-'));
  try {
    await scenario(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
