// `npm run kill-rerun -- --cycles 1000 --seed 1`: kills `put -r` and `get -r` of the built command line with SIGKILL at random
// moments, and runs the same command line again. In the end names and bytes must be equal on both sides, with no part files,
// journal records and locks left. A cycle is one kill and the run after it, which may be killed as well.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Keep the folder with all trees, for a look at a failure. */
    keep: { type: 'boolean', default: false },
  },
});
const cycles = Number(values.cycles);
const random = seeded(Number(values.seed));
const work = await mkdtemp(join(tmpdir(), 'kill-rerun-'));
const state = join(work, 'state');
// A copy of the program, within the project so that packages are found: a build meanwhile replaces the original.
const program = join(root, '.tmp', work.slice(tmpdir().length + 1));
await cp(join(root, 'packages/cli/dist'), program, { recursive: true });
const cli = join(program, 'main.cjs');

/** Numbers in [0, 1), the same for the same seed: mulberry32. */
function seeded(seed) {
  let number = seed >>> 0;
  return () => {
    number = (number + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(number ^ (number >>> 15), number | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (limit) => Math.floor(random() * limit);

function randomBytes(size) {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(below(2 ** 32), at);
  return bytes;
}

/** Delays each answer and sends it slowly, so that kills strike in the middle of requests and of files. */
const faultPlan = `rules:
  - {fault: {kind: delay, ms: 10}}
  - {fault: {kind: bandwidth, bytesPerSecond: 10000000}}
`;

async function startServer() {
  const faults = join(work, 'faults.yaml');
  await writeFile(faults, faultPlan);
  const args = [cli, 'serve', '--data', join(work, 'drive'), '--port', '0', '--faults', faults];
  const child = spawn(process.execPath, args, { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (bytes) => resolve(bytes.toString().trim()));
    child.once('exit', () => reject(new Error('The server did not start.')));
  });
  return { child, url };
}

function environment(more = {}) {
  const folders = ['state', 'config', 'cache', 'data'].map((name) => [
    `XDG_${name.toUpperCase()}_HOME`,
    join(work, name),
  ]);
  return { ...process.env, ...Object.fromEntries(folders), ...more };
}

/** Runs a command line, with a kill after so many milliseconds. @returns how it ended. */
async function run(args, killAfterMs) {
  const started = performance.now();
  const env = environment({ ONEDRIVE_TOKEN: token, ONEDRIVE_GRAPH_URL: url });
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: work,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (text += bytes));
  const closed = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  if (killAfterMs !== undefined) {
    await Promise.race([sleep(killAfterMs), closed]);
    child.kill('SIGKILL');
  }
  const { code, signal } = await closed;
  return { killed: signal === 'SIGKILL', code, text, ms: performance.now() - started };
}

async function graph(path, init) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(path.startsWith('http') ? path : `${url}/v1.0${path}`, { ...init, headers });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
  return response;
}

/** Path → bytes, or null for a folder. */
async function remoteTree(path, above = '', tree = new Map()) {
  let next = `/me/drive/root:/${encodeURI(path)}:/children`;
  while (next !== undefined) {
    const page = await (await graph(next)).json();
    for (const item of page.value) {
      const name = `${above}${item.name}`;
      tree.set(name, item.folder ? null : await contentOf(item));
      if (item.folder) await remoteTree(`${path}/${item.name}`, `${name}/`, tree);
    }
    next = page['@odata.nextLink'];
  }
  return tree;
}

async function contentOf(item) {
  return Buffer.from(await (await fetch(item['@microsoft.graph.downloadUrl'])).arrayBuffer());
}

async function localTree(folder, above = '', tree = new Map()) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [path, name] = [join(folder, entry.name), `${above}${entry.name}`];
    tree.set(name, entry.isDirectory() ? null : await readFile(path));
    if (entry.isDirectory()) await localTree(path, `${name}/`, tree);
  }
  return tree;
}

/** What differs between two trees, a line each. */
function differences(wanted, found) {
  const lines = [];
  for (const [path, bytes] of wanted) {
    const other = found.get(path);
    if (other === undefined) lines.push(`missing: ${path}`);
    else if (bytes === null ? other !== null : other === null || !bytes.equals(other))
      lines.push(`differs: ${path}`);
  }
  for (const path of found.keys()) if (!wanted.has(path)) lines.push(`not expected: ${path}`);
  return lines;
}

const folders = ['', 'a/', 'a/b/', 'é ü/', 'much/deeper/down/'];

/** About 20 files up to 200 KB, and one of 12 MB if `large`. With `keep`, about half of the files stay as they are. */
async function makeTree(folder, { large = false, keep = false } = {}) {
  await mkdir(join(folder, 'empty'), { recursive: true });
  for (const name of folders) await mkdir(join(folder, name), { recursive: true });
  for (let at = 0; at < 20; at++) {
    if (keep && random() < 0.5) continue;
    await writeFile(
      join(folder, `${folders[at % folders.length]}file ${at}.bin`),
      randomBytes(below(200_000)),
    );
  }
  if (large) await writeFile(join(folder, 'a/large.bin'), randomBytes(12_000_000 + below(1000)));
}

const stats = { cycles: 0, rounds: 0, endedBefore: 0, withRecord: 0, withPart: 0, slowestMs: 0, failures: 0 };

/** Kills the command several times, then lets it complete. `check` looks at the result. */
async function round(args, expectedMs, { seen, check }) {
  for (let kills = 1 + below(6); kills > 0; kills--) {
    const { killed, code, text } = await run(args, random() * expectedMs);
    if (!killed && code !== 0) return [`exit status ${code} of a run that was to be killed: ${text}`];
    stats[killed ? 'cycles' : 'endedBefore']++;
    if (killed) await note(seen);
  }
  const { code, text, ms } = await run(args);
  stats.slowestMs = Math.max(stats.slowestMs, Math.round(ms));
  if (code !== 0) return [`exit status ${code}: ${text}`];
  const left = [...(await recordsLeft()), ...(await namesIn('locks'))];
  return [...left.map((name) => `left in the state folder: ${name}`), ...(await check())];
}

const recordsLeft = () => namesIn('transfers');

async function namesIn(folder) {
  return await readdir(join(state, 'onedrive-kit', folder)).catch(() => []);
}

/** Counts what a kill left behind: shows that kills strike in the middle of transfers. */
async function note(folder) {
  if ((await recordsLeft()).length > 0) stats.withRecord++;
  const names = folder === undefined ? [] : await readdir(folder, { recursive: true }).catch(() => []);
  if (names.some((name) => name.endsWith('.part'))) stats.withPart++;
}

/** One tree up and down again, both with kills. @returns failures. */
async function roundTrip(number) {
  const name = `tree-${number}`;
  const [source, back] = [join(work, name), join(work, `back-${number}`)];
  const large = random() < 0.2;
  const replaces = random() < 0.3;
  if (replaces) await transferOnce({ name, source, back, large });
  await makeTree(source, { large, keep: replaces });
  const wanted = await localTree(source);
  const expected = large ? usual.large : usual.small;
  const up = async () => differences(wanted, await remoteTree(`up/${name}`));
  const failures = await round(['put', '-r', source, 'up'], expected.put, { check: up });
  if (failures.length === 0) {
    const check = async () => differences(wanted, await localTree(join(back, name)));
    failures.push(...(await round(['get', '-r', `up/${name}`, back], expected.get, { seen: back, check })));
  }
  if (failures.length === 0) await removeTree({ name, source, back });
  return failures.map((line) => `${name}: ${line}`);
}

/** Uploads and downloads a new tree without a kill. @returns the milliseconds of both. */
async function transferOnce({ name, source, back, large }) {
  await makeTree(source, { large });
  const put = await run(['put', '-r', source, 'up']);
  const get = await run(['get', '-r', `up/${name}`, back]);
  if (put.code === 0 && get.code === 0) return { put: put.ms, get: get.ms };
  throw new Error(`A run without a kill failed: ${put.text}${get.text}`);
}

async function removeTree({ name, source, back }) {
  await Promise.all([source, back].map((folder) => rm(folder, { recursive: true })));
  await graph(`/me/drive/root:/up/${name}`, { method: 'DELETE' });
}

/** How long transfers take without a kill, at best. */
async function usualDurations() {
  const shortest = {};
  for (const kind of ['large', 'small', 'large', 'small', 'large', 'small']) {
    const folders = { source: join(work, 'first'), back: join(work, 'back-first') };
    const { put, get } = await transferOnce({ name: 'first', ...folders, large: kind === 'large' });
    await removeTree({ name: 'first', ...folders });
    const { put: bestPut = put, get: bestGet = get } = shortest[kind] ?? {};
    shortest[kind] = { put: Math.round(Math.min(put, bestPut)), get: Math.round(Math.min(get, bestGet)) };
  }
  return shortest;
}

const server = await startServer();
const { url } = server;
const answered = await fetch(`${url}/_control/token`, { method: 'POST', headers: { accept: 'text/plain' } });
const token = await answered.text();
const usual = await usualDurations();
const startedAt = performance.now();
try {
  while (stats.cycles < cycles) {
    const failures = await roundTrip(stats.rounds++);
    stats.failures += failures.length;
    for (const line of failures) console.error(line);
    if (stats.rounds % 20 === 0 || failures.length > 0) console.log(JSON.stringify(stats));
  }
} finally {
  const exit = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill();
  await exit;
  await rm(program, { recursive: true, force: true });
  if (values.keep || stats.failures > 0) console.log(`The trees are kept in ${work}.`);
  else await rm(work, { recursive: true, force: true });
}
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(JSON.stringify({ ...stats, seconds, usualMs: usual }));
process.exitCode = stats.failures > 0 ? 1 : 0;
