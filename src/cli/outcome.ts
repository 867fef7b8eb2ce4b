import { type BugpruneError, EXIT_CODES, type TrackerError } from '../errors.js';
import type { Report } from '../report/document.js';

/** What the user wants to be told by exit code 1. */
export interface FailOn {
  readonly failOn?: readonly (keyof Pick<Report['summary'], 'close' | 'attention' | 'undecided'>)[];
}

export const ACTION_FAILED = 5;
const FOUND = 1;

/** What --fail-on found, in words: `undecided: 5`. */
export function foundKinds({ summary }: Report, failOn: FailOn['failOn'] = []): string[] {
  return failOn.filter((kind) => summary[kind] > 0).map((kind) => `${kind}: ${summary[kind]}`);
}

/** The exit code of a report or a run; what went wrong outweighs what was found. */
export function exitCode(report: Report, failures: readonly TrackerError[], { failOn = [] }: FailOn): number {
  const failed = failures.map((failure: BugpruneError) => EXIT_CODES[failure.code]);
  if (failed.length > 0) return Math.min(...failed);
  if (report.bugs.some(({ result }) => result?.status === 'failed' || result?.status === 'skipped')) return ACTION_FAILED;
  return foundKinds(report, failOn).length > 0 ? FOUND : 0;
}
