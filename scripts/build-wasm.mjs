// Assembles src/hash/simd-fold.wat into src/hash/simd-fold-binary.ts, a base64 constant, so that the hash works in
// browsers and bundles with no file to find. `--check` only compares: it is part of the lint step.
import { readFileSync, writeFileSync } from 'node:fs';
import loadWabt from 'wabt';

const source = new URL('../packages/kit/src/hash/simd-fold.wat', import.meta.url);
const target = new URL('../packages/kit/src/hash/simd-fold-binary.ts', import.meta.url);

const wabt = await loadWabt();
const module = wabt.parseWat('simd-fold.wat', readFileSync(source, 'utf8'), { simd: true });
module.validate();
const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');

const lines = base64.match(/.{1,100}/g) ?? [];
const text = `/** Generated from simd-fold.wat by \`npm run build:wasm\`: do not edit. */

/** The WebAssembly module of simd-fold.wat, base64. */
export const simdFoldBinary: string =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'packages/kit/src/hash/simd-fold-binary.ts is not what simd-fold.wat assembles to: run `npm run build:wasm`.',
    );
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
