// Copies a built package into a folder as it is published: without development dependencies and without the import condition
// that leads to this repository's sources.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const sourceCondition = '@onedrive-kit/source';

function publishedExports(exports) {
  const entries = Object.entries(exports).map(([key, target]) => {
    if (typeof target === 'string') return [key, target];
    const { [sourceCondition]: _, ...published } = target;
    return [key, published];
  });
  return Object.fromEntries(entries.filter(([, target]) => Object.keys(target).length > 0));
}

/** The manifest of `packages/NAME` as published. */
export function publishedManifest(name) {
  const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
  const { devDependencies: _, ...published } = manifest;
  return { ...published, exports: publishedExports(manifest.exports) };
}

/** Stages `packages/NAME` in `folder`/NAME, ready for `npm pack` and `npm publish`. Returns that path. */
export function stagePackage(name, folder) {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  const manifest = publishedManifest(name);
  for (const file of manifest.files.filter((pattern) => !pattern.startsWith('!')))
    cpSync(join(packages, name, file), join(target, file), { recursive: true });
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return target;
}
