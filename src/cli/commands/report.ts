import { BugpruneError } from '../../errors.js';
import type { RunState } from '../../journal/fold.js';
import type { StateFolder } from '../../journal/journal.js';
import { report } from '../../use-cases/dry-run.js';
import { backlogBefore } from '../../use-cases/history/history.js';
import type { Shell } from '../io.js';
import { exitCode, type FailOn, foundKinds } from '../outcome.js';
import { checkTarget, chooseDestinations, type OutputOptions, writeReport } from '../outputs.js';
import { type CommonOptions, openSession } from '../session.js';
import { pruneCommandLine } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';

export type ReportOptions = CommonOptions & OutputOptions & FailOn;

/** `bugprune report`: the dry run. */
export async function reportCommand(sources: readonly string[], options: ReportOptions, io: Shell): Promise<number> {
  const { config, world, progress, palette, state } = await openSession(sources, options, io);
  const to = chooseDestinations(options, config.formats);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  const runs = await earlierRuns(state, io);
  const reported = await report(config, world, runs);
  progress.done();
  const { close, warn } = reported.report.summary;
  const next = close + warn > 0 ? pruneCommandLine(sources, options) : null;
  for (const failure of reported.failures) tellFailure(failure, io);
  const backlog = backlogBefore(reported.report, runs);
  await writeReport(reported.report, to, { palette, next, all: false, backlog }, io);
  for (const found of foundKinds(reported.report, options.failOn)) tell(`--fail-on ${found}`, io);
  return exitCode(reported.report, reported.failures, options);
}

/** Past runs say what is usual. A dry run goes without them where they cannot be read; a prune refuses. */
async function earlierRuns(state: StateFolder, io: Shell): Promise<readonly RunState[]> {
  try {
    return await state.runs();
  } catch (error) {
    if (!(error instanceof BugpruneError)) throw error;
    tellFailure(error, io);
    return [];
  }
}
