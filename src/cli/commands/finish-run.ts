import { EXIT_CODES, type TrackerError } from '../../errors.js';
import type { Pruned } from '../../use-cases/prune/prune.js';
import type { Shell } from '../io.js';
import { ACTION_FAILED, exitCode } from '../outcome.js';
import { type Destinations, writeReport } from '../outputs.js';
import type { Session } from '../session.js';
import { tell, tellFailure } from '../tell.js';
import type { ReportOptions } from './report.js';

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
  await writeReport(report, to, { palette, next: null, all: true }, io);
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
