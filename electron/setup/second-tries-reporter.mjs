// Writes down which tests failed once and passed then, for the last lines of `npm test`.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputDirectory } from './project-paths.mjs';

export const secondTriesFile = join(outputDirectory, 'test-results', 'second-tries.txt');

/** A reporter of Vitest’s, named on its command line; it takes the default export. */
// eslint-disable-next-line no-restricted-syntax -- Vitest loads it by this name
export default class SecondTriesReporter {
  /** @param {import('vitest/node').TestCase} testCase */
  onTestCaseResult(testCase) {
    if (testCase.diagnostic()?.flaky !== true) return;
    appendFileSync(secondTriesFile, `${testCase.module.relativeModuleId} > ${testCase.fullName}\n`);
  }
}
