/**
 * Nothing secret gets through `--debug` or into a report, whatever it looks like: tokens of any shape, and links to
 * upload and download of any shape, which the service makes up as it likes. The drive is the embedded one, with other
 * links in its answers and another token in the requests.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handler } from '../../packages/server/src/core/http.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Terminal, terminal } from './terminal.ts';

let drive: EmbeddedOneDrive;
let server: Listening;
/** What the service is to look like now. */
let shape = { link: '/', token: '' };
const real = new Map<string, string>();

/** The embedded drive, whose links are those of {@link shape}. */
const disguised: Handler = async (request) => {
  const { url, headers } = request;
  const known = real.get(url.pathname + url.search);
  const signed = headers['authorization'] === `Bearer ${shape.token}`;
  const answer = await drive.handler({
    ...request,
    url: known === undefined ? url : new URL(known),
    headers: signed ? { ...headers, authorization: `Bearer ${drive.token()}` } : headers,
  });
  const made = (link: string): string => {
    const address = `${shape.link}${String(real.size)}`;
    real.set(address, link);
    return `${url.origin}${address}`;
  };
  const { body, headers: told } = answer;
  const text =
    typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString() : undefined;
  const links = /(?<="(?:uploadUrl|@microsoft\.graph\.downloadUrl)":")[^"]+/g;
  const location = told['Location'];
  return {
    ...answer,
    headers: location === undefined ? told : { ...told, Location: made(location) },
    ...(text?.match(links) ? { body: text.replace(links, made) } : {}),
  };
};

beforeAll(async () => {
  drive = await createOneDrive({ kind: 'business', seed: { 'a.txt': 'hello' } });
  server = await listen(disguised);
});
afterAll(async () => {
  await server.close();
  await drive.close();
});

/** A secret, in a place of a path or a query that no service has had so far. */
const secret = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~!$*+-]{14,40}[A-Za-z0-9]$/);
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const link = fc.tuple(secret, word, word, fc.boolean()).map(([value, folder, name, inPath]) => ({
  value,
  text: inPath ? `/${folder}/${value}/${name}?n=` : `/${folder}/${name}?${folder}=${value}&n=`,
}));

async function everySecretHidden(run: (machine: Terminal, env: Record<string, string>) => Promise<string>) {
  await fc.assert(
    fc.asyncProperty(link, secret, async ({ value, text }, token) => {
      shape = { link: text, token };
      const machine = await terminal();
      try {
        await writeFile(join(machine.folder, 'large.bin'), Buffer.alloc(5 << 20, 7));
        const env = {
          ONEDRIVE_GRAPH_URL: server.url,
          ONEDRIVE_AUTHORITY_URL: server.url,
          ONEDRIVE_TOKEN: token,
        };
        const said = await run(machine, env);
        for (const hidden of [value, token, encodeURIComponent(value)]) expect(said).not.toContain(hidden);
      } finally {
        await machine.remove();
      }
    }),
    { numRuns: 4 },
  );
}

const commands = [
  ['put', 'large.bin'],
  ['get', 'a.txt', '-'],
  ['cp', 'a.txt', 'b.txt'],
  ['rm', 'b.txt'],
];

describe('of links and tokens of any shape nothing gets', () => {
  it('through --debug, of commands that use them', async () => {
    await everySecretHidden(async (machine, env) => {
      real.clear();
      for (const words of commands)
        expect((await machine.type(['--debug', ...words], { env })).status).toBe(0);
      expect(real.size, 'the links were handed out').toBeGreaterThan(2);
      return machine.said();
    });
  }, 60_000);

  it('through --debug, of commands that fail', async () => {
    await everySecretHidden(async (machine, env) => {
      const broken = { ...env, ONEDRIVE_GRAPH_URL: 'http://127.0.0.1:1' };
      await machine.type(['--debug', 'get', 'no.txt', '-'], { env });
      await machine.type(['--debug', '--json', 'put', 'large.bin', 'no/', '--nothing'], { env });
      await machine.type(
        ['--debug', 'auth', `http://localhost/?code=${env['ONEDRIVE_TOKEN'] ?? ''}&state=x`],
        { env: broken },
      );
      return machine.said();
    });
  }, 60_000);

  it('into a report', async () => {
    await everySecretHidden(async (machine, env) => {
      let all = '';
      for (const words of commands) {
        const report = join(machine.folder, 'report.json');
        await machine.type(['doctor', '--bundle', report, '--', ...words], { env });
        const text = await readFile(report, 'utf8');
        expect((JSON.parse(text) as { command: { status: number } }).command.status).toBe(0);
        all += text;
      }
      return all;
    });
  }, 60_000);
});
