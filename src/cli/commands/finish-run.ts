import { EXIT_CODES, type TrackerError } from '../../errors.js';
import type { ReportBug } from '../../report/document.js';
import type { Pruned } from '../../use-cases/prune/prune.js';
import type { Shell } from '../io.js';
import { ACTION_FAILED, exitCode } from '../outcome.js';
import { type Destinations, writeReport } from '../outputs.js';
import type { Session } from '../session.js';
import { journalCommandLine } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';
import type { ReportOptions } from './options.js';

/** Shows what a run has done, says how it goes on, and gives the exit code. */
export async function finishRun(
  { report, stopped }: Pruned,
  failures: readonly TrackerError[],
  to: Destinations,
  { progress, palette }: Session,
  options: ReportOptions,
  io: Shell,
): Promise<number> {
  progress.done();
  const next = report.bugs.some(isDone) ? journalCommandLine(['undo', report.run], options) : null;
  await writeReport(report, to, { palette, next, all: true }, io);
  if (stopped) {
    tellFailure(stopped, io);
    tell(`Nothing more was written to any tracker. Then: bugprune prune --resume ${report.run}`, io);
    return ACTION_FAILED;
  }
  if (io.stop.aborted) {
    tell(`Interrupted. The rest: bugprune prune --resume ${report.run}`, io);
    return EXIT_CODES.interrupted;
  }
  return exitCode(report, failures, options);
}

/** Whether there is something to take back. */
function isDone({ result }: ReportBug): boolean {
  return result !== null && ['closed', 'warned', 'snoozed'].includes(result.status);
}
