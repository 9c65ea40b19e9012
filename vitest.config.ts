// The test projects: fast ones that share nothing, and those with real servers or a real window, one file at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Most of the time a test waits: for a server, a page, a timer. Vitest would take one worker on two cores.
    maxWorkers: 3,
    projects: [
      // Some of them calculate for seconds, on a machine that does more than that.
      { test: { name: 'unit', include: ['test/unit/**/*.spec.ts'], testTimeout: 30_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.spec.ts'], testTimeout: 30_000 } },
      { test: { name: 'renderer', include: ['test/renderer/**/*.spec.{ts,tsx}'] } },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,faults}/**/*.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
});
