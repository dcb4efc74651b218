/**
 * Child processes cannot load TypeScript on Node 20: compiles packages/kit/src/platform and its dependencies to JavaScript
 * in a folder.
 */
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const source = join(import.meta.dirname, '../../packages/kit/src');

/** @returns the folder; remove it when done. */
export async function compilePlatform(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'platform-'));
  await writeFile(join(out, 'package.json'), '{"type":"module"}');
  for (const layer of ['errors', 'platform']) {
    for (const name of await readdir(join(source, layer), { recursive: true })) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts')) await compile(join(layer, name), out);
    }
  }
  return out;
}

async function compile(name: string, out: string): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(join(source, name), 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      rewriteRelativeImportExtensions: true,
    },
  });
  const target = join(out, name.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
}
