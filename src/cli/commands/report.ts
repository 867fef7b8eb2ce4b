import { EXIT_CODES } from '../../errors.js';
import type { Report } from '../../report/document.js';
import { report } from '../../use-cases/dry-run.js';
import { backlogBefore } from '../../use-cases/history/history.js';
import { earlierRuns } from '../earlier-runs.js';
import type { Shell } from '../io.js';
import { exitCode, foundKinds } from '../outcome.js';
import { checkTarget, chooseDestinations, writeReport } from '../outputs.js';
import { openSession } from '../session.js';
import { pruneCommandLine } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';
import type { ReportOptions } from './options.js';

/** The dry run alone can be one of several that share the work. */
export type DryRunOptions = ReportOptions & { readonly shard?: NonNullable<Report['shard']> };

/** `bugprune report`: the dry run. Interrupted, it gives what was read by then, unless somebody is in a hurry. */
export async function reportCommand(sources: readonly string[], options: DryRunOptions, io: Shell): Promise<number> {
  const { config, world, progress, palette, state } = await openSession(sources, options, io);
  const to = chooseDestinations(options, config.formats);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  const runs = await earlierRuns(state, io);
  const { report: document, failures, interrupted } = await report(config, world, runs, options.shard);
  progress.done();
  if (interrupted) io.abort.throwIfAborted();
  for (const failure of failures) tellFailure(failure, io);
  const next = interrupted || options.shard ? null : nextAfter(document, sources, options);
  const backlog = interrupted || options.shard ? [] : backlogBefore(document, runs);
  await writeReport(document, to, { palette, next, all: false, backlog }, io);
  for (const found of foundKinds(document, options.failOn)) tell(`--fail-on ${found}`, io);
  if (interrupted) tell('Interrupted. The report has what was read by then.', io);
  return interrupted ? EXIT_CODES.interrupted : exitCode(document, failures, options);
}

function nextAfter({ summary: { close, warn } }: Report, sources: readonly string[], options: ReportOptions): string | null {
  return close + warn > 0 ? pruneCommandLine(sources, options) : null;
}
