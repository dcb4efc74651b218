/** The completion scripts in the shells they are for: keys are pressed on a terminal, and what is run in the end counts. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceConditions } from '../../scripts/source-conditions.mjs';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';
import { caFile, installed, run } from './fixtures/program.ts';
import { startTyping, type TypedShell, type Typing } from './fixtures/typing.ts';

const files = {
  Documents: {
    folder: {
      'annual report.txt': '',
      "it's.txt": '',
      Deep: { folder: { Ünïcode: { folder: { '日本 語 🧀.txt': '' } } } },
    },
  },
  'cost $5.txt': '',
  'a=b c@d.txt': '',
  '`id`; (x) & [y].txt': '',
  '~tilde.txt': '',
  'two one.txt': '',
  'two two.txt': '',
};

let folder: string;
let program: string;
let server: Embedded;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'completion-'));
  program = join(folder, 'cli', 'main.cjs');
  await build({
    input: { main: fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url)) },
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    logLevel: 'silent',
    external: ['@napi-rs/keyring'],
    output: { dir: join(folder, 'cli'), format: 'cjs', entryFileNames: '[name].cjs' },
  });
  server = await startEmbedded({ accounts: [{ drive: { files } }] });
  env = {
    ONEDRIVE_TOKEN: server.token,
    ONEDRIVE_GRAPH_URL: server.url,
    ONEDRIVE_AUTHORITY_URL: server.url,
    ONEDRIVE_CA_CERT: caFile(),
  };
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const debian: Readonly<Record<TypedShell, Record<string, string>>> = {
  bash: { bash: 'bash', script: 'bsdutils' },
  zsh: { zsh: 'zsh', script: 'bsdutils' },
  fish: { fish: 'fish', script: 'bsdutils' },
};

/** Keys, \t for Tab, and the words that come out. */
const lines: readonly (readonly [keys: string, words: readonly string[]])[] = [
  ['chec\ti\t', ['checkin']],
  ['versions rest\t', ['versions', 'restore']],
  ['du --htm\t', ['du', '--html']],
  ['--read-o\tls', ['--read-only', 'ls']],
  ['link --type shared_e\t', ['link', '--type', 'shared_edit_link']],
  ['get Doc\t', ['get', 'Documents/']],
  ['get docu\t', ['get', 'Documents/']],
  ['get Doc\tann\t', ['get', 'Documents/annual report.txt']],
  ['get "Documents/ann\t', ['get', 'Documents/annual report.txt']],
  ['get Documents/annual\\ r\t', ['get', 'Documents/annual report.txt']],
  ['get Documents/it\t', ['get', "Documents/it's.txt"]],
  ['get "Documents/it\t', ['get', "Documents/it's.txt"]],
  ["get 'Documents/ann\t", ['get', 'Documents/annual report.txt']],
  ['get cost\t', ['get', 'cost $5.txt']],
  ['get "cost\t', ['get', 'cost $5.txt']],
  ["get 'cost\t", ['get', 'cost $5.txt']],
  ['get a=\t', ['get', 'a=b c@d.txt']],
  ['get a=b\\ c@\t', ['get', 'a=b c@d.txt']],
  ['get \\`\t', ['get', '`id`; (x) & [y].txt']],
  ['get \\~\t', ['get', '~tilde.txt']],
  ['get Documents/De\tÜn\t日\t', ['get', 'Documents/Deep/Ünïcode/日本 語 🧀.txt']],
  ['get two\tt\t', ['get', 'two two.txt']],
  ['cat cost\tDocuments/ann\t', ['cat', 'cost $5.txt', 'Documents/annual report.txt']],
  ['"get" Doc\t', ['get', 'Documents/']],
  ['put loc\t', ['put', 'local file.txt']],
  ['ls Documents/ann\t', ['ls', 'Documents/ann']],
];

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  describe.skipIf(!installed(debian[shell]))('completes', () => {
    let typing: Typing;
    beforeAll(async () => {
      const home = join(folder, shell);
      await mkdir(home);
      await writeFile(join(home, 'local file.txt'), '');
      typing = await startTyping(shell, home, program, env);
    });
    afterAll(() => typing.close());

    it.each(lines)('%j', async (keys, words) => {
      expect(await typing.enter(keys)).toEqual(words);
    });
  });
});

it('a second Tab within the life of the names asks the server nothing', async () => {
  const home = join(folder, 'second');
  await mkdir(home);
  const complete = async (): Promise<[string, number]> => {
    const before = server.onedrive.requests.length;
    const { stdout } = await run([process.execPath, program, 'complete', '--', 'get', 'Doc'], {
      env: { ...env, HOME: home },
    });
    return [stdout, server.onedrive.requests.length - before];
  };
  const [names, asked] = await complete();
  expect([names, asked > 0]).toEqual(['Documents/\n', true]);
  expect(await complete()).toEqual(['Documents/\n', 0]);
});
