// The test projects: fast ones that share nothing, and those with real servers or a real window, one file at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.spec.ts'] } },
      { test: { name: 'contract', include: ['test/contract/**/*.spec.ts'] } },
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
