import { BugpruneError } from '../../errors.js';
import { backlogBefore } from '../../use-cases/history/history.js';
import { merge } from '../../use-cases/merge/merge.js';
import type { Part } from '../../use-cases/merge/parts.js';
import { earlierRuns } from '../earlier-runs.js';
import type { Shell } from '../io.js';
import { exitCode, foundKinds } from '../outcome.js';
import { checkTarget, chooseDestinations, writeReport } from '../outputs.js';
import { readReportFile } from '../report-file.js';
import { openSession } from '../session.js';
import { pruneCommandLine, reportFileOf } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';
import type { ReportOptions } from './options.js';

/** `bugprune merge`: several reports as one, above all the parts that several jobs made. Asks no tracker for anything. */
export async function mergeCommand(files: readonly string[], options: ReportOptions, io: Shell): Promise<number> {
  if (options.tracker !== undefined) {
    throw new BugpruneError('usage', '--tracker: a merge takes whole reports; expected only their files.', {
      hint: 'Make reports of some trackers instead: bugprune report --tracker NAME -o report.json',
    });
  }
  const { config, world, palette, state } = await openSession([], options, io, { journal: true });
  const to = chooseDestinations(options, config.formats);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  const runs = await earlierRuns(state, io);
  const { report, failures } = merge(await readParts(files, io), config, runs, world.version);
  if (report.policyDigest !== config.policyDigest) {
    tell('The policies of the configuration here are not those of these reports. Its limits are the ones that hold.', io);
  }
  for (const failure of failures) tellFailure(failure, io);
  const { close, warn } = report.summary;
  // Only a file can be carried out: a prune without one would read everything anew.
  const next = close + warn > 0 && reportFileOf(options) !== undefined ? pruneCommandLine([], options) : null;
  await writeReport(report, to, { palette, next, all: false, backlog: backlogBefore(report, runs) }, io);
  for (const found of foundKinds(report, options.failOn)) tell(`--fail-on ${found}`, io);
  return exitCode(report, failures, options);
}

/** One file after the other: of each, only what the report says stays in memory. */
async function readParts(files: readonly string[], io: Shell): Promise<Part[]> {
  const parts: Part[] = [];
  for (const name of files) {
    io.stop.throwIfAborted();
    parts.push({ name, report: await readReportFile(name, io) });
  }
  return parts;
}
