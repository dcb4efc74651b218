// Bundles main.ts (Node 20 runs no TypeScript) into .tmp/ and runs it. Measures what is built: `npm run build` first.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { sourceConditions } from '../scripts/source-conditions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${root}packages/kit/dist/index.js`) || !existsSync(`${root}packages/cli/dist/main.cjs`)) {
  console.error('There is nothing to measure yet: run `npm run build` first.');
  process.exit(2);
}
await build({
  input: `${root}bench/main.ts`,
  platform: 'node',
  resolve: { conditionNames: sourceConditions },
  external: ['wabt'], // CommonJS that asks for its own folder
  logLevel: 'warn',
  output: {
    dir: `${root}.tmp/bench`,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    cleanDir: true,
  },
});
const { main } = await import(pathToFileURL(`${root}.tmp/bench/main.mjs`).href);
process.exitCode = await main(process.argv.slice(2), root);
