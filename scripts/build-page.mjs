// Bundles the scripts and style sheets of the server's own pages into packages/server/src/page/assets/assets.js, a module of
// strings, so that the server needs no files beside it. Node builtins do not occur in it; Fluent UI's components do.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { packageFolders } from './third-party-licenses.mjs';

const page = fileURLToPath(new URL('../packages/server/src/page/', import.meta.url));
/** Bytes of scripts that the larger page may load. */
const budget = 400_000;

async function scripts() {
  const { output } = await build({
    cwd: page,
    input: { files: 'app/files/main.ts', developer: 'app/developer/main.ts' },
    platform: 'browser',
    transform: { target: 'es2022' },
    logLevel: 'warn',
    write: false,
    output: {
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      minify: true,
      comments: false,
    },
  });
  return output;
}

/** The style sheets in the order of their names, without comments and line breaks. */
function styles() {
  const folder = join(page, 'app/styles');
  const names = readdirSync(folder).filter((name) => name.endsWith('.css'));
  const text = names
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, ' ');
}

function asset(type, text) {
  return { type, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`, text };
}

/** Writes the module; returns the folders of the packages whose code is in it. */
export async function buildPage() {
  const chunks = await scripts();
  const size = chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
  if (size > budget) throw new Error(`build-page: ${size} bytes of scripts, more than ${budget}`);
  const assets = Object.fromEntries([
    ...chunks.map(({ fileName, code }) => [fileName, asset('text/javascript', code)]),
    ['app.css', asset('text/css', styles())],
  ]);
  const comment = '// Written by scripts/build-page.mjs.';
  writeFileSync(
    join(page, 'assets/assets.js'),
    `${comment}\nexport const assets = ${JSON.stringify(assets, null, 1)};\n`,
  );
  return packageFolders(chunks);
}
