// Bundles test/soak/run-soak.ts and runs it: `npm run soak -- kill --count 200 --seed 1`; see docs/performance.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { sourceConditions } from './source-conditions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(root, 'node_modules/.soak-')); // within the project, so that packages are found
try {
  await build({
    cwd: root,
    input: 'test/soak/run-soak.ts',
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    external: ['libsql', 'sharp', 'rolldown'],
    logLevel: 'warn',
    output: { file: join(work, 'soak.mjs'), format: 'esm', codeSplitting: false },
  });
  const args = [join(work, 'soak.mjs'), root, work, ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
