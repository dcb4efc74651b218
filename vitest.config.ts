import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const server = fileURLToPath(new URL('src/server/index.ts', import.meta.url));
const judged = fileURLToPath(new URL('test/contract-openapi/judged-server.ts', import.meta.url));

export default defineConfig({
  plugins: [
    {
      // Whoever starts an embedded OneDrive in a test gets one whose every answer is judged.
      name: 'judged-server',
      enforce: 'pre',
      async resolveId(source, importer, options) {
        if (importer === undefined || importer.startsWith(judged) || !source.endsWith('/index.ts'))
          return null;
        const found = await this.resolve(source, importer, { ...options, skipSelf: true });
        return found?.id === server ? judged : null;
      },
    },
  ],
  test: {
    setupFiles: ['test/setup.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/interop/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: '100%', // vitest leaves one core free, which is half of two
  },
});
