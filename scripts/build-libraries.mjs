// Builds packages/{kit,server,sync} into their dist/: declarations file by file as tsc writes them, code as one module for
// each export plus the chunks that these share or load lazily. Importing the bundled modules takes a third of the time that one
// module per source file takes.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { buildPage } from './build-page.mjs';
import { licencesText } from './third-party-licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Removes the code of the last build; tsc keeps its declarations up to date by itself. */
function removeCode(dist) {
  rmSync(join(dist, 'chunks'), { recursive: true, force: true });
  for (const name of readdirSync(dist, { recursive: true }))
    if (name.endsWith('.js')) rmSync(join(dist, name));
}

/** The sources of the entries in `exports`: `./dist/auth/index.js` is built from `src/auth/index.ts`. */
const entriesOf = (exports) =>
  Object.values(exports)
    .map((target) => target.default)
    .filter((path) => path?.startsWith('./dist/'))
    .map((path) => path.slice('./dist/'.length, -'.js'.length));

async function bundle(name) {
  const folder = join(root, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { exports, dependencies, optionalDependencies, peerDependencies } = manifest;
  const packages = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  removeCode(join(folder, 'dist'));
  await build({
    cwd: folder,
    input: Object.fromEntries(entriesOf(exports).map((entry) => [entry, `src/${entry}.ts`])),
    platform: 'neutral',
    external: [/^node:/, ...packages.map((dependency) => new RegExp(`^${dependency}(/|$)`))],
    transform: { target: 'es2022' },
    // Some modules are an export to one program and a lazy import to another; the unshared part still becomes a chunk.
    checks: { ineffectiveDynamicImport: false },
    logLevel: 'warn',
    output: {
      dir: 'dist',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      minify: false,
    },
  });
}

execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
const pagePackages = await buildPage();
for (const name of ['kit', 'server', 'sync']) await bundle(name);
writeFileSync(
  join(root, 'packages/server/dist/THIRD-PARTY-LICENSES.txt'),
  licencesText('@onedrive-kit/server', pagePackages),
);
