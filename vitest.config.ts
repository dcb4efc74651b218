import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testConditions as conditions } from './scripts/source-conditions.mjs';

const server = fileURLToPath(new URL('packages/server/src/index.ts', import.meta.url));
const judged = fileURLToPath(new URL('test/contract-openapi/judged-server.ts', import.meta.url));

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  plugins: [
    {
      // Tests that start an embedded OneDrive get one that checks every response against the OpenAPI document.
      name: 'judged-server',
      enforce: 'pre',
      async resolveId(source, importer, options) {
        if (importer === undefined || importer.startsWith(judged)) return null;
        if (source !== '@onedrive-kit/server' && !source.endsWith('/index.ts')) return null;
        const found = await this.resolve(source, importer, { ...options, skipSelf: true });
        return found?.id === server ? judged : null;
      },
    },
  ],
  test: {
    setupFiles: ['test/setup.ts'],
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/interop/**', '**/node_modules/**'],
    coverage: {
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/types/**'],
      reporter: ['text-summary', 'html', 'json-summary'],
    },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: '100%', // vitest leaves one core free, which is half of two
  },
});
