import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BugpruneError, EXIT_CODES, type TrackerError } from '../../errors.js';
import { prune, type Reported, report } from '../../prune.js';
import { type Report, readReport } from '../../report/document.js';
import { FORMATS } from '../../report/formats.js';
import type { Shell } from '../io.js';
import { exitCode } from '../outcome.js';
import { chooseDestinations, writeReport } from '../outputs.js';
import { paletteFor } from '../palette.js';
import { openSession, type Session } from '../session.js';
import type { ReportOptions } from './report.js';

export type PruneOptions = ReportOptions & { readonly yes?: boolean };

/** `bugprune prune`: carries out a reviewed report, or a fresh one that it shows and confirms. */
export async function pruneCommand(args: readonly string[], options: PruneOptions, io: Shell): Promise<number> {
  const { file, sources } = splitArguments(args);
  if (!options.yes && !io.canAsk) {
    throw new BugpruneError('usage', 'There is nobody to confirm this.', {
      hint: 'Look at the dry run first (bugprune report), then say --yes.',
    });
  }
  const reviewed = file === null ? null : readReport(await readText(file, io), file);
  const session = await openSession(sources, options, io);
  const to = chooseDestinations(options, session.config.formats);
  const {
    report: plan,
    failures,
    trackers,
  } = reviewed ? takeReviewed(reviewed, session, io) : await report(session.config, session.world);
  session.progress.done();
  if (!(await confirmed(plan, options, io))) {
    io.err.write('Nothing was changed.\n');
    return 0;
  }
  const done = await prune(plan, session.config, session.world, trackers);
  session.progress.done();
  await writeReport(done, to, { palette: session.palette, next: null }, io);
  return io.stop.aborted ? EXIT_CODES.interrupted : exitCode(done, failures, options);
}

/** The report, if there is one, comes first and ends in .json; everything else is a source. */
function splitArguments(args: readonly string[]): { file: string | null; sources: readonly string[] } {
  const [first, ...rest] = args;
  return first?.endsWith('.json') ? { file: first, sources: rest } : { file: null, sources: args };
}

async function readText(file: string, io: Shell): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    throw new BugpruneError('usage', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function takeReviewed(reviewed: Report, { config }: Session, io: Shell): Reported {
  if (reviewed.mode === 'prune') {
    throw new BugpruneError('usage', `This report is of run ${reviewed.run}, which has already been carried out.`, {
      hint: 'Make a new one with: bugprune report -o report.json',
    });
  }
  if (reviewed.policyDigest !== config.policyDigest) {
    io.err.write('The policies have changed since this report; what they no longer propose will be skipped.\n');
  }
  return { report: reviewed, failures: [] as TrackerError[], trackers: new Map() };
}

async function confirmed(plan: Report, options: PruneOptions, io: Shell): Promise<boolean> {
  const close = plan.bugs.filter(({ verdict }) => verdict === 'close').length;
  const warn = plan.bugs.filter(({ verdict }) => verdict === 'warn').length;
  if (options.yes || close + warn === 0) return true;
  io.err.write(FORMATS.table.render(plan, { width: io.err.width, palette: paletteFor(io.err, io, options.color), next: null }));
  const what = [close > 0 ? `close ${close}` : '', warn > 0 ? `warn ${warn}` : ''].filter(Boolean).join(' and ');
  const answer = await io.ask(
    `\n${what[0]?.toUpperCase()}${what.slice(1)} of ${plan.summary.open} open bugs, each with a comment? [y/N] `,
  );
  return /^y(es)?$/i.test(answer.trim());
}
