// `npm run lint`: every static check, one after the other, all of them even when one fails; exit code 1 when any did.
// `npm run lint -- format types` runs only the named ones. What eslint found in a file is remembered until the file changes; a
// fresh clone, as CI is, remembers nothing.
import { spawnSync } from 'node:child_process';

/** name → program and its arguments */
const checks = {
  format: ['biome', 'check', '--linter-enabled=false', '.'],
  rules: [
    'eslint',
    '.',
    '--max-warnings=0',
    '--cache',
    '--cache-strategy=content',
    '--cache-location=node_modules/.cache/eslint/',
  ],
  types: ['tsc', '--noEmit', '-p', '.'],
  layers: ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages'],
  unused: ['knip', '--no-progress'],
  reference: ['typedoc', '--emit', 'none', '--logLevel', 'Warn'],
  lock: ['node', 'scripts/complete-lock.mjs', '--check'],
  changelog: ['node', 'scripts/changelog.mjs'],
  words: ['node', 'scripts/words.mjs'],
  wasm: ['node', 'scripts/build-wasm.mjs', '--check'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}.`);
  process.exit(2);
}

const failed = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(checks)) {
  const [program, ...args] = checks[name];
  const started = Date.now();
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`lint: ${program} did not start: ${error.message}`);
  if (status !== 0) failed.push(name);
  console.error(
    `lint: ${name} ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
}
if (failed.length > 0) {
  console.error(`lint: failed: ${failed.join(', ')}`);
  process.exit(1);
}
