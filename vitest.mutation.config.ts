import { defineConfig } from 'vitest/config';
import { testConditions as conditions } from './scripts/source-conditions.mjs';

/** For Stryker: the unit tests beside the sources of the packages, nothing else. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { setupFiles: ['test/setup.ts'], include: ['packages/*/src/**/*.test.ts'], testTimeout: 30_000 },
});
