/**
 * Writes to a drive in a folder, eight workers at once, until it is killed; prints what is about to be done and what was
 * answered, a line each. A worker has names of its own and does one thing at a time, so that at most one thing of each
 * is in doubt. Bundled and started by kill.ts.
 */
import { createOneDrive, directoryStorage } from '../../packages/server/src/index.ts';

const [folder = '', label = ''] = process.argv.slice(2);
const one = await createOneDrive({ storage: await directoryStorage(folder) });
const token = one.token();
const say = (...words: readonly (string | number)[]): unknown => process.stdout.write(`${words.join(' ')}\n`);

async function ask(method: string, url: string, body?: Uint8Array | string, headers: object = {}) {
  const address = url.startsWith('http') ? url : `http://h/v1.0/me/drive/${url}`;
  const answer = await one.fetch(
    new Request(address, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: (body ?? null) as BodyInit | null,
    }),
  );
  if (answer.status >= 300 && answer.status !== 404)
    throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

async function upload(name: string, bytes: Uint8Array): Promise<void> {
  const started = await ask('POST', `root:/${name}:/createUploadSession`);
  const { uploadUrl } = (await started.json()) as { uploadUrl: string };
  const half = Math.floor(bytes.length / 2);
  for (const [first, end] of [
    [0, half],
    [half, bytes.length],
  ] as const)
    await ask('PUT', uploadUrl, bytes.subarray(first, end), {
      'content-range': `bytes ${first}-${end - 1}/${bytes.length}`,
      'content-length': String(end - first),
    });
}

async function work(worker: number): Promise<void> {
  for (let at = 0; ; at++) {
    const name = `${label}-${worker}/${at % 11}.bin`;
    const size = [10, 4096, 50_000, 400_000][at % 4] ?? 10;
    const mark = at % 251;
    say('begin', name, mark, size);
    const bytes = new Uint8Array(size).fill(mark);
    if (at % 5 === 4) await upload(name, bytes);
    else await ask('PUT', `root:/${name}:/content`, bytes);
    say('done', name, mark, size);
    if (at % 7 !== 6) continue;
    say('begin', name, 'gone', 0);
    await ask('DELETE', `root:/${name}`);
    say('done', name, 'gone', 0);
  }
}

say('ready');
await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));
