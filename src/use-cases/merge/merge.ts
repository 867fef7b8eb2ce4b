import { allowance, earlierClosings } from '../../apply/limits.js';
import type { Config } from '../../config/load.js';
import { TrackerError } from '../../errors.js';
import type { RunState } from '../../journal/fold.js';
import { type Report, summarize } from '../../report/document.js';
import { runId } from '../run-id.js';
import { joinBugs } from './bugs.js';
import { missingOf, type Part, partsInOrder } from './parts.js';
import { joinTrackers } from './trackers.js';

/** Several reports as one, and why it is not complete. */
export interface Merged {
  readonly report: Report;
  readonly failures: readonly TrackerError[];
}

/**
 * Puts reports together into one, as if one run had read everything: the parts of a sharded one, or those of different trackers. They are
 * as old as the oldest. The limits are those of the configuration; `earlier` and `version` are what a report takes from its world. Parts
 * that are missing make it incomplete. Throws `usage` for reports that do not go together, with the names of their files.
 */
export function merge(
  given: readonly Part[],
  { limits }: Pick<Config, 'limits'>,
  earlier: readonly RunState[],
  version: string,
): Merged {
  const parts = partsInOrder(given);
  const [first] = parts;
  const { bugs, doubles } = joinBugs(parts);
  const trackers = joinTrackers(parts, doubles, missingOf(parts));
  const order = new Map(trackers.map(({ name }, index) => [name, index]));
  const turn = (tracker: string) => order.get(tracker) ?? order.size;
  bugs.sort((a, b) => turn(a.tracker) - turn(b.tracker));
  const open = parts.reduce((sum, { report }) => sum + report.summary.open, 0) - doubles.length;
  const generatedAt = parts.reduce(
    (least, { report }) => (report.generatedAt < least ? report.generatedAt : least),
    first.report.generatedAt,
  );
  const { policyDigest } = first.report;
  const { closes, warnings, by } = allowance(limits, open, earlierClosings(earlier, [...order.keys()]));
  const report: Report = {
    version: 1,
    kind: 'report',
    mode: 'dry-run',
    run: runId(generatedAt, policyDigest.slice(7, 13)),
    generatedAt,
    tool: { name: 'bugprune', version },
    policyDigest,
    trackers,
    summary: { ...summarize(bugs), open },
    limits: { closes, warnings, by },
    bugs,
  };
  return { report, failures: failuresOf(report) };
}

/** A report keeps the words of what could not be read, but not their kind. */
function failuresOf({ trackers }: Report): TrackerError[] {
  const incomplete = trackers.filter(({ complete }) => !complete);
  const told = incomplete.flatMap(({ name, problems }) =>
    (problems.length > 0 ? problems : ['not everything could be read']).map((problem) => `${name}: ${problem}`),
  );
  return told.map((message) => new TrackerError('unexpected', message));
}
