// `npm run simulate -- --schedules 1000000 --from 1`: plays fault schedules against the transfer engine
// (test/simulation). Bundled first: Node 20 runs no TypeScript.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { sourceConditions } from './source-conditions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await build({
  input: `${root}test/simulation/main.ts`,
  platform: 'node',
  resolve: { conditionNames: sourceConditions },
  external: [/^libsql/, /^sharp/, /^node-forge/, /^exifr/],
  logLevel: 'warn',
  output: {
    dir: `${root}.tmp/simulation`,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    cleanDir: true,
  },
});
const { main } = await import(pathToFileURL(`${root}.tmp/simulation/main.mjs`).href);
process.exitCode = await main(process.argv.slice(2));
