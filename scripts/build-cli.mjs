// Bundles `onedrive-cli` into dist/cli: a small CommonJS entry (which starts 5 ms sooner than an ES module) and chunks
// that are loaded when a command needs them. Built twice: the second pass puts the help text that the first pass
// prints into the entry, so that `--help` loads nothing.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const entry = `${root}dist/cli/main.cjs`;

/** commander can run subcommands as programs of their own; ours never are, and loading child_process takes 4 ms. */
const withoutChildProcess = {
  name: 'without-child-process',
  resolveId: (source, importer) =>
    source === 'node:child_process' && importer?.includes('/commander/') ? '\0no-child-process' : undefined,
  load: (id) => (id === '\0no-child-process' ? 'export default {};' : undefined),
};

/** @param {Record<string, string>} texts */
const bundle = (texts) =>
  build({
    cwd: root,
    input: { main: 'src/cli/main.ts' },
    platform: 'node',
    // Native code stays where npm put it; everything else of the dependencies goes into the chunks.
    external: ['libsql'],
    plugins: [withoutChildProcess],
    transform: {
      target: 'node20',
      define: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)])),
    },
    logLevel: 'warn',
    output: {
      dir: 'dist/cli',
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name]-[hash].cjs',
      banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  });

rmSync(`${root}dist/cli`, { recursive: true, force: true });
await bundle({ ONEDRIVE_CLI_VERSION: version });
const help = execFileSync(process.execPath, [entry, '--help'], { encoding: 'utf8' });
rmSync(`${root}dist/cli`, { recursive: true, force: true });
await bundle({ ONEDRIVE_CLI_VERSION: version, ONEDRIVE_CLI_HELP: help });
chmodSync(entry, 0o755);
