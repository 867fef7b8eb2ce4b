import { report } from '../../prune.js';
import type { Shell } from '../io.js';
import { exitCode, type FailOn } from '../outcome.js';
import { chooseDestinations, type OutputOptions, writeReport } from '../outputs.js';
import { type CommonOptions, openSession } from '../session.js';
import { pruneCommandLine } from '../suggest.js';
import { tellFailure } from '../tell.js';

export type ReportOptions = CommonOptions & OutputOptions & FailOn;

/** `bugprune report`: the dry run. */
export async function reportCommand(sources: readonly string[], options: ReportOptions, io: Shell): Promise<number> {
  const { config, world, progress, palette } = await openSession(sources, options, io);
  const to = chooseDestinations(options, config.formats);
  const reported = await report(config, world);
  progress.done();
  const { close, warn } = reported.report.summary;
  const next = close + warn > 0 ? pruneCommandLine(sources, options) : null;
  for (const failure of reported.failures) tellFailure(failure, io);
  await writeReport(reported.report, to, { palette, next }, io);
  return exitCode(reported.report, reported.failures, options);
}
