// Prints what the test runner counted, from its own JSON result. No result is a failure: something before the tests went wrong.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = text
  ? JSON.parse(text)
  : noResult();
// A file that cannot even be loaded has no tests to count, and is a failure all the same.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
const skipped = numPendingTests + numTodoTests;
process.stdout.write(`${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 ? 1 : 0;

function noResult() {
  process.stdout.write('The tests did not run.\n');
  return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numFailedTestSuites: 1 };
}
