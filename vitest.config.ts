// The test projects: fast ones that share nothing, those with real servers, and those that want the machine for themselves.
import { defineConfig } from 'vitest/config';

/** These hold peers to times that only a machine with nothing else to do keeps, look at windows of the one display, or at all that runs. */
const alone = [
  'test/integration/practice/gamestream-faults.spec.ts',
  'test/integration/practice/practice-leftovers.spec.ts',
  'test/integration/stall.spec.ts',
  'test/integration/clients/freerdp.spec.ts',
];

/** A sentence with its values apart equals the English text that a test writes. */
const setupFiles = ['test/told-in-english.ts'];

/** Real servers and windows on a busy machine: a test that fails once and passes then is told of at the end of the run, by its name. */
const retry = 1;

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Most of the time a test waits: for a server, a page, a timer. Vitest would take one worker on two cores.
    maxWorkers: 3,
    projects: [
      // Some of them calculate for seconds, on a machine that does more than that.
      { test: { name: 'unit', include: ['test/unit/**/*.spec.ts'], setupFiles, testTimeout: 30_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.spec.ts'], setupFiles, testTimeout: 30_000 } },
      { test: { name: 'renderer', include: ['test/renderer/**/*.spec.{ts,tsx}'], globalSetup: ['test/renderer/build-once.ts'], setupFiles, testTimeout: 30_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,faults}/**/*.spec.ts'],
          exclude: alone,
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
        },
      },
      { test: { name: 'alone', include: alone, testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false, retry } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          retry,
        },
      },
    ],
  },
});
