// Prints what the test runner counted, from its own JSON result.
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
// A file that cannot even be loaded has no tests to count, and is a failure all the same.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
const skipped = numPendingTests + numTodoTests;
process.stdout.write(`${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 ? 1 : 0;
