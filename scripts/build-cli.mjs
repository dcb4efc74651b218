// Bundles `onedrive-cli` into packages/cli/dist: a small CommonJS entry (which starts 5 ms sooner than an ES module) and chunks
// that are loaded when a command needs them. Built twice: the second pass puts the help text that the first pass
// prints into the entry, so that `--help` loads nothing.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { buildPage } from './build-page.mjs';
import { sourceConditions } from './source-conditions.mjs';
import { thirdPartyLicenses } from './third-party-licenses.mjs';

const root = fileURLToPath(new URL('../packages/cli/', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Packages whose code is in the pages of the embedded server. */
const pagePackages = await buildPage();

/** commander can run subcommands as programs of their own; ours never are, and loading child_process takes 4 ms. */
const withoutChildProcess = {
  name: 'without-child-process',
  resolveId: (source, importer) =>
    source === 'node:child_process' && importer?.includes('/commander/') ? '\0no-child-process' : undefined,
  load: (id) => (id === '\0no-child-process' ? 'export default {};' : undefined),
};

/** The packages of socket.io print every address to stderr under `DEBUG`, also those that are secrets. */
const withoutDebug = {
  name: 'without-debug',
  resolveId: (source) => (source === 'debug' ? '\0no-debug' : undefined),
  load: (id) => (id === '\0no-debug' ? 'export default () => () => {};' : undefined),
};

/** The entry names the bundler's runtime chunk for nothing; loading it would cost every `--version`. */
const leanEntry = {
  name: 'lean-entry',
  generateBundle(_, chunks) {
    for (const chunk of Object.values(chunks)) {
      if (chunk.isEntry) chunk.code = chunk.code.replace(/^require\("\.\/rolldown-runtime[^"]*"\);/m, '');
    }
  },
};

/** @param {string} dir @param {Record<string, string>} texts */
const bundle = (dir, texts) =>
  build({
    cwd: root,
    input: { main: 'src/main.ts' },
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    // Native code stays where npm put it; everything else of the dependencies goes into the chunks.
    // Optional dependencies of ws, which are not installed.
    external: ['libsql', 'sharp', '@napi-rs/keyring', 'socket.io', 'bufferutil', 'utf-8-validate'],
    plugins: [withoutChildProcess, withoutDebug, leanEntry, thirdPartyLicenses('onedrive-cli', pagePackages)],
    transform: {
      target: 'node20',
      define: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)])),
    },
    logLevel: 'warn',
    output: {
      dir,
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name]-[hash].cjs',
      banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  });

/** @param {string} dir */
const clear = (dir) => rmSync(`${root}${dir}`, { recursive: true, force: true });

// The first pass has a place of its own: when it fails, the bundle that is there stays as it is.
const first = '.first-pass';
clear(first);
await bundle(first, { ONEDRIVE_CLI_VERSION: version });
const help = execFileSync(process.execPath, [`${root}${first}/main.cjs`, '--help'], { encoding: 'utf8' });
clear(first);
clear('dist');
await bundle('dist', { ONEDRIVE_CLI_VERSION: version, ONEDRIVE_CLI_HELP: help });
chmodSync(`${root}dist/main.cjs`, 0o755);

// The schema of the configuration, for editors: `$schema: …/@onedrive-kit/cli/config.schema.json`.
const schema = execFileSync(process.execPath, [`${root}dist/main.cjs`, 'config', 'show', '--schema']);
writeFileSync(`${root}dist/config.schema.json`, schema);
