/**
 * Kills a process that writes to a drive, with SIGKILL, after seeded random delays, and looks each time whether all that
 * was answered is there, whether what was in doubt is there whole or not at all, and whether nothing else is left.
 */
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'rolldown';
import { drives } from '../../packages/server/src/files/drives/drive-record.ts';
import { uploadSessions } from '../../packages/server/src/files/uploads/upload-session-record.ts';
import { createOneDrive, directoryStorage } from '../../packages/server/src/index.ts';
import type { Storage } from '../../packages/server/src/storage/storage.ts';
import { versionsOf } from '../../packages/server/src/versions/version-record.ts';
import { sourceConditions } from '../../scripts/source-conditions.mjs';

/** Bundles the writer into `folder`, which is within the project so that it finds packages. @returns its path. */
export async function bundleWriter(root: string, folder: string): Promise<string> {
  const file = join(folder, 'kill-writer.mjs');
  await build({
    cwd: root,
    input: join(root, 'test/soak/kill-writer.ts'),
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    external: ['libsql', 'sharp'],
    logLevel: 'silent',
    output: { file, format: 'esm', codeSplitting: false },
  });
  return file;
}

/** What is known of a name: what was answered last, and what may have happened after that. */
interface Known {
  answered: string;
  doubtful: string | undefined;
}

export interface KillOptions {
  readonly program: string;
  readonly folder: string;
  readonly kills: number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly onRound?: (round: number, answered: number) => void;
}

/** Runs it. @returns how many answers were checked. @throws Error at the first thing that is lost or left behind. */
export async function killAgainAndAgain(options: KillOptions): Promise<number> {
  const names = new Map<string, Known>();
  let answers = 0;
  for (let round = 0; round < options.kills; round++) {
    const lines = await killed(options, round);
    answers += note(names, lines);
    await checkDrive(options.folder, names);
    options.onRound?.(round, answers);
  }
  return answers;
}

/** Every third process is killed right after its start, the others some time into their work. */
async function killed({ program, folder, random }: KillOptions, round: number): Promise<readonly string[]> {
  const label = `w${round % 3}`;
  const child = spawn(process.execPath, [program, folder, label], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let problem = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes('ready')) resolve();
    });
  });
  child.stderr.setEncoding('utf8').on('data', (more: string) => (problem += more));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (round % 3 === 2) await sleep(random() * 600);
  else {
    await Promise.race([ready, closed]);
    await sleep(random() * 1200);
  }
  if (child.exitCode !== null) throw new Error(`The writer ended by itself: ${problem}`);
  child.kill('SIGKILL');
  await closed;
  return text.split('\n').slice(0, -1);
}

function note(names: Map<string, Known>, lines: readonly string[]): number {
  let answers = 0;
  for (const line of lines) {
    const [what = '', name = '', ...facts] = line.split(' ');
    const known = names.get(name) ?? { answered: 'gone 0', doubtful: undefined };
    if (what === 'begin') names.set(name, { ...known, doubtful: facts.join(' ') });
    if (what === 'done') names.set(name, { answered: facts.join(' '), doubtful: undefined });
    if (what === 'done') answers++;
  }
  return answers;
}

async function checkDrive(folder: string, names: Map<string, Known>): Promise<void> {
  const storage = await directoryStorage(folder);
  const one = await createOneDrive({ storage });
  const headers = { authorization: `Bearer ${one.token()}` };
  try {
    for (const [name, known] of names) {
      const found = await contentOf((url) => one.fetch(new Request(url, { headers })), name);
      if (found !== known.answered && found !== known.doubtful)
        throw new Error(
          `${name} is ${found}; answered was ${known.answered}, begun ${known.doubtful ?? 'nothing'}`,
        );
      names.set(name, { answered: found, doubtful: undefined });
    }
    await checkFiles(folder, storage);
  } finally {
    await one.close();
  }
  const left = await readdir(join(folder, 'tmp'));
  if (left.length > 0) throw new Error(`left in tmp: ${left.join(', ')}`);
}

/** `mark size`, or `gone 0`. @throws Error for bytes that are not those of one upload. */
async function contentOf(ask: (url: string) => Promise<Response>, name: string): Promise<string> {
  const answer = await ask(`http://h/v1.0/me/drive/root:/${name}`);
  if (answer.status === 404) return 'gone 0';
  const item = (await answer.json()) as { size: number; '@microsoft.graph.downloadUrl': string };
  const bytes = new Uint8Array(await (await ask(item['@microsoft.graph.downloadUrl'])).arrayBuffer());
  if (bytes.length !== item.size || new Set(bytes).size !== 1)
    throw new Error(`${name} should have ${item.size} equal bytes and has ${bytes.length}`);
  return `${bytes[0] ?? 0} ${bytes.length}`;
}

/** Each blob file is that of an item, a version or an upload under way, and each of those has its bytes. */
async function checkFiles(folder: string, storage: Storage): Promise<void> {
  const mentioned = storage.read((records) => {
    const items = drives
      .list(records)
      .flatMap(({ number }) => records.changes(number, 0, Number.MAX_SAFE_INTEGER));
    const earlier = items.flatMap(({ key }) => versionsOf(records, key));
    const blobs = [...items, ...earlier, ...uploadSessions.list(records)].map(({ blob }) => blob);
    return new Set(blobs.filter((blob) => blob !== null));
  });
  const blobs = join(folder, 'blobs');
  for (const path of await readdir(blobs, { recursive: true })) {
    if (!(await stat(join(blobs, path))).isFile()) continue;
    const id = path.split('/').at(-1) ?? '';
    if (id !== 'store-id' && !mentioned.has(id)) throw new Error(`no record refers to the blob ${path}`);
  }
}
