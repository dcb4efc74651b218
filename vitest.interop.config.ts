import { defineConfig } from 'vitest/config';
import { testConditions as conditions } from './scripts/source-conditions.mjs';

/** Unmodified clients of others against the embedded server: `npm run interop`. Some need programs of the system. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/interop/**/*.interop.ts'],
    globalSetup: ['test/interop/fixtures/trust.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
