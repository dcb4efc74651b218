/**
 * A whole drive listed, searched and added up by the command line, beside `rclone lsjson -R` and `rclone size`. All go
 * over TLS through the same proxy, so that each meets the same latency. Requests are counted by the server.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Group, Report } from './report.ts';

const filesPerFolder = 10;

/** Runs it; `--size` is about the number of items, files and folders together. */
export async function run(options: BenchOptions): Promise<Report> {
  const folders = Math.round((options.size ?? 100_000) / (filesPerFolder + 1));
  const items = folders * (filesPerFolder + 1);
  const server = await startServer(options.root, {
    seed: { folders, files: filesPerFolder, bytes: 10 },
    latency: options.latency,
  });
  const home = mkdtempSync(join(tmpdir(), 'onedrive-kit-subtree-'));
  try {
    const requests = new Map<string, number>();
    const group = async (title: string, work: number, variants: readonly Variant[]): Promise<Group> => ({
      title,
      reference: variants.at(-1)?.name ?? '',
      measured: await measure(
        variants.map((one) => counted(one, server, requests)),
        options.rounds ?? 2,
      ),
      work: { amount: work, unit: 'items' },
    });
    const cli = cliOf(server, options, home);
    const rclone = rcloneOf(server, options);
    const groups = [
      await group(`list ${items} items`, items, [
        cli('tree', ['tree'], lines(items + 1)),
        cli("find -n 'file 1*'", ['find', '-n', 'file 1*'], matches),
        ...rclone('rclone lsjson -R', ['lsjson', '-R', 'od:'], (text) => objects(text, items)),
      ]),
      await group(`add up ${items} items`, items, [
        cli('du', ['du', '--depth', '0'], matches),
        ...rclone('rclone size', ['size', 'od:'], matches),
      ]),
    ];
    const asked = [...requests].map(([name, count]) => `${name}: ${count}`).join(', ');
    return { name: 'subtree', groups, notes: [`Requests of the last round, TLS: ${asked}.`] };
  } finally {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

type Check = (stdout: string) => void;

function cliOf(server: EmbeddedServer, { root }: BenchOptions, home: string) {
  const { HTTPS_PROXY, SSL_CERT_FILE } = server.rclone;
  const env = { HOME: home, HTTPS_PROXY, ONEDRIVE_TOKEN: server.token };
  const program = join(root, 'packages/cli/dist/main.cjs');
  return (name: string, words: readonly string[], verify: Check): Variant => ({
    name: `onedrive-cli ${name}`,
    command: () => ({
      program: process.execPath,
      args: [program, '--ca-cert', SSL_CERT_FILE ?? '', ...words],
      env,
    }),
    verify,
  });
}

function rcloneOf({ rclone: env }: EmbeddedServer, { has }: BenchOptions) {
  return (name: string, args: readonly string[], verify: Check): Variant[] =>
    has('rclone') ? [{ name, command: () => ({ program: 'rclone', args, env }), verify }] : [];
}

const lines =
  (wanted: number): Check =>
  (text) => {
    const found = text.trimEnd().split('\n').length;
    if (found !== wanted) throw new Error(`${found} lines instead of ${wanted}`);
  };

const matches: Check = (text) => {
  if (text.trim() === '') throw new Error('Nothing came out.');
};

function objects(text: string, wanted: number): void {
  const found = (JSON.parse(text) as unknown[]).length;
  if (found !== wanted) throw new Error(`${found} of ${wanted} items listed`);
}

/** The variant, with the requests that the server had from it. */
function counted(variant: Variant, server: EmbeddedServer, requests: Map<string, number>): Variant {
  let before = 0;
  return {
    ...variant,
    command: async () => {
      before = await server.requests();
      return variant.command();
    },
    verify: async (stdout) => {
      requests.set(variant.name, (await server.requests()) - before);
      await variant.verify?.(stdout);
    },
  };
}
