import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { expect, it } from 'vitest';
import { sourceConditions } from '../../scripts/source-conditions.mjs';

const kit = (entry: string) => fileURLToPath(new URL(`../../packages/kit/src/${entry}`, import.meta.url));

/** Minified bytes that a browser program loads at its start when it imports `name` from `entry`. */
async function initialBytes(entry: string, name: string): Promise<number> {
  const { output } = await build({
    input: 'program',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? '\0program' : undefined),
        load: (id) => (id === '\0program' ? `export { ${name} } from '${kit(entry)}';` : undefined),
      },
    ],
    platform: 'browser',
    resolve: { conditionNames: sourceConditions.filter((condition) => condition !== 'node') },
    external: /^node:/,
    write: false,
    logLevel: 'silent',
    output: { minify: true },
  });
  const chunks = output.filter((file) => file.type === 'chunk');
  const initial = chunks.filter((chunk) => chunk.isEntry || !chunk.isDynamicEntry);
  return initial.reduce((sum, chunk) => sum + Buffer.byteLength(chunk.code), 0);
}

// The budgets are today's sizes with a few percent to spare; raise one only with a reason in the commit message.
it.each([
  ['index.ts', 'connect', 161_000],
  ['hash/index.ts', 'quickXorHash', 5_000],
])('a browser bundle of %s with %s stays within %i bytes', async (entry, name, budget) => {
  const bytes = await initialBytes(entry, name);
  expect(bytes).toBeGreaterThan(budget / 4);
  expect(bytes).toBeLessThanOrEqual(budget);
});
