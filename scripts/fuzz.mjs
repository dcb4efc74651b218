// Bundles test/fuzz/run-fuzz.ts and runs it: `npm run fuzz -- --requests 100000 --seed 1`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { sourceConditions } from './source-conditions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(root, 'node_modules/.fuzz-')); // within the project, so that packages are found
try {
  await build({
    cwd: root,
    input: 'test/fuzz/run-fuzz.ts',
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    external: ['libsql', 'sharp'],
    logLevel: 'warn',
    output: { file: join(work, 'fuzz.mjs'), format: 'esm', codeSplitting: false },
  });
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', join(work, 'fuzz.mjs'), ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
