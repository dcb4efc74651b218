// Builds the library into dist/lib: the declarations one by one as tsc writes them, the code as one module for each export and the
// chunks that they share or load later. `import` of the library takes a third of the time that a module for each source takes.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, dependencies, optionalDependencies } = JSON.parse(
  readFileSync(`${root}package.json`, 'utf8'),
);

rmSync(`${root}dist/lib`, { recursive: true, force: true });
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

/** `./dist/lib/auth/index.js` is made from `src/auth/index.ts`. */
const entries = Object.values(exports)
  .map((target) => target.default)
  .filter((path) => path !== undefined)
  .map((path) => path.slice('./dist/lib/'.length, -'.js'.length));
const packages = Object.keys({ ...dependencies, ...optionalDependencies });

await build({
  cwd: root,
  input: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
  platform: 'neutral',
  external: [/^node:/, ...packages.map((name) => new RegExp(`^${name}(/|$)`))],
  transform: { target: 'es2022' },
  // Some modules are an export to one program and a lazy import to another; what nobody shares still becomes a chunk.
  checks: { ineffectiveDynamicImport: false },
  logLevel: 'warn',
  output: {
    dir: 'dist/lib',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: false,
  },
});
