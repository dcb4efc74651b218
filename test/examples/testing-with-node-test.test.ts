import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { sourceConditions } from '../../scripts/source-conditions.mjs';

it("examples/testing-with-node-test.ts passes in Node's own runner", async () => {
  const work = await mkdtemp(join(import.meta.dirname, '../../node_modules/.example-'));
  const file = join(work, 'example.mjs');
  const bundle = await rolldown({
    input: join(import.meta.dirname, '../../examples/testing-with-node-test.ts'),
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    external: ['libsql', 'sharp'],
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', file]);
  expect(stdout).toMatch(/# pass [12]\n/);
  expect(stdout).toContain('# fail 0');
  await rm(work, { recursive: true });
}, 60_000);
