import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { expect, it } from 'vitest';
import { sourceConditions } from '../../scripts/source-conditions.mjs';

const source = (name: string) => fileURLToPath(new URL(`../../packages/kit/src/${name}`, import.meta.url));

it.each(['index.ts', 'errors/index.ts', 'graph/index.ts', 'hash/index.ts', 'http/index.ts'])(
  '%s runs without Node: it loads no module of Node',
  async (entry) => {
    const { output } = await build({
      input: source(entry),
      platform: 'browser',
      resolve: { conditionNames: sourceConditions.filter((name) => name !== 'node') },
      external: /^node:/,
      write: false,
      logLevel: 'silent',
    });
    const imports = output.flatMap((file) =>
      file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : [],
    );
    expect(imports.filter((name) => name.startsWith('node:'))).toEqual([]);
  },
);
