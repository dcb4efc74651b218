/**
 * The long fuzz run: `npm run fuzz -- --requests 100000 [--seed N]`. Half of the requests go in-process, half over
 * sockets, a few at a time; each must be answered within ten seconds. Ends with 1 at the first wrong answer, and when
 * what is in use after a garbage collection has grown by more than 64 MiB since the first quarter.
 */
import { Agent, request as httpRequest } from 'node:http';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Handler } from '../../packages/server/src/core/http.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { type Hostile, hostileRequests } from './hostile-requests.ts';
import { complaint, startTarget } from './target.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const total = Number(values.requests);
const perBatch = 1000;
const patience = 10_000;

interface Answer {
  readonly status: number | 'none';
  readonly text: string;
}

async function inProcess(handler: Handler, { method, target, headers, body }: Hostile): Promise<Answer> {
  if (!URL.canParse(`http://h${target}`)) return { status: 'none', text: '' };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  async function* stream() {
    yield bytes;
  }
  const answer = await handler({
    method,
    url: new URL(`http://h${target}`),
    headers: { host: 'h', 'content-length': String(bytes.length), ...headers },
    body: stream(),
  });
  let text = '';
  const sent = answer.body;
  if (typeof sent === 'string') text = sent;
  else if (sent instanceof Uint8Array) text = new TextDecoder().decode(sent);
  else if (sent) for await (const chunk of sent.stream) text += new TextDecoder().decode(chunk);
  return { status: answer.status, text };
}

function overSocket(port: number, agent: Agent, { method, target, headers, body }: Hostile): Promise<Answer> {
  return new Promise((resolve) => {
    const plain = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^\x20-\x7e]/g, '')]),
    );
    const path = target.replaceAll(/[^\x21-\x7e]/g, '%20');
    const request = httpRequest({ port, agent, method, path, headers: plain }, (answer) => {
      let text = '';
      answer.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 'none', text }));
      answer.on('error', () => resolve({ status: 'none', text }));
    });
    request.on('error', () => resolve({ status: 'none', text: '' }));
    request.end(body);
  });
}

async function patiently(work: Promise<Answer>, what: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer in ${patience} ms: ${what}`)), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const heap = () => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
};

const target = await startTarget();
const server = await listen(target.onedrive.handler, { graceMs: 100 });
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const statuses: Record<string, number> = {};
const started = Date.now();
let quarter = 0;
for (let done = 0; done < total; done += perBatch) {
  const batch = fc.sample(hostileRequests(target), {
    numRuns: Math.min(perBatch, total - done),
    seed: Number(values.seed) + done,
  });
  for (let at = 0; at < batch.length; at += 8) {
    await Promise.all(
      batch.slice(at, at + 8).map(async (hostile, nth) => {
        const what = `${hostile.method} ${hostile.target} ${JSON.stringify(hostile.headers)}`;
        const work =
          nth % 2 === 0
            ? inProcess(target.onedrive.handler, hostile)
            : overSocket(server.port, agent, hostile);
        const { status, text } = await patiently(work, what);
        statuses[status] = (statuses[status] ?? 0) + 1;
        const wrong = status === 'none' ? undefined : complaint(status, text);
        if (wrong) throw new Error(`${what}\n${wrong}`);
      }),
    );
  }
  if (done <= total / 4) quarter = heap();
}
const seconds = (Date.now() - started) / 1000;
const end = heap();
agent.destroy();
await server.close();
await target.onedrive.close();
process.stdout.write(
  `${JSON.stringify({ requests: total, seconds, statuses, heapMiB: { quarter, end } })}\n`,
);
if (end - quarter > 64) throw new Error(`The heap grew from ${quarter} to ${end} MiB.`);
