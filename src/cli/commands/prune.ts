import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { refusal } from '../../apply/limits.js';
import { type Plan, plan } from '../../dry-run.js';
import { BugpruneError } from '../../errors.js';
import { backlogBefore } from '../../history.js';
import { type Permission, permitted, proposalsOf, prune } from '../../prune.js';
import { type Report, type ReportBug, readReport, summarize } from '../../report/document.js';
import { FORMATS } from '../../report/formats.js';
import type { Shell } from '../io.js';
import { checkTarget, chooseDestinations, writeReport } from '../outputs.js';
import { paletteFor } from '../palette.js';
import { openSession, type Session } from '../session.js';
import { pruneCommandLine } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';
import { finishRun } from './finish-run.js';
import type { ReportOptions } from './report.js';

export type PruneOptions = ReportOptions & {
  readonly yes?: boolean;
  readonly limit?: number;
  readonly drain?: boolean;
  readonly resume?: string;
};

/** `bugprune prune`: carries out a reviewed report, or a fresh one that it shows and confirms. */
export async function pruneCommand(args: readonly string[], options: PruneOptions, io: Shell): Promise<number> {
  if (options.resume !== undefined) {
    const { resumeCommand } = await import('./resume.js');
    return resumeCommand(options.resume, args, options, io);
  }
  const { file, sources } = splitArguments(args);
  const reviewed = file === null ? null : readReport(await readText(file, io), file);
  if (!options.yes && !io.canAsk) {
    throw new BugpruneError('usage', 'There is nobody to confirm this.', {
      hint: file === null ? 'Look at the dry run first (bugprune report), then say --yes.' : `Add --yes to carry out ${file}.`,
    });
  }
  const session = await openSession(sources, options, io);
  const { config, world, state, progress, palette } = session;
  const to = chooseDestinations(options, config.formats);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  const runs = await state.runs();
  const { report, failures, trackers } = reviewed ? takeReviewed(reviewed, session, io) : await plan(config, world, runs);
  progress.done();
  for (const failure of failures) tellFailure(failure, io);
  const permission: Permission = { limit: options.limit ?? null, drain: options.drain ?? false };
  const { proposals, excess, allowance } = permitted(report, proposalsOf(report, trackers), config, runs, permission);
  const command = pruneCommandLine(file === null ? sources : [file, ...sources], options);
  if (excess) {
    // Whoever has to decide what to do about it needs to see what it is about.
    await writeReport(report, to, { palette, next: command, all: false, backlog: backlogBefore(report, runs) }, io);
    throw refusal(excess, command);
  }
  if (!(await confirmed({ ...report, limits: allowance }, proposals, options, io))) {
    io.err.write('Nothing was changed.\n');
    return 0;
  }
  const pruned = await prune(report, proposals, config, world, trackers, state);
  return finishRun(pruned, failures, to, session, options, io);
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

function takeReviewed(reviewed: Report, { config }: Session, io: Shell): Plan {
  if (reviewed.mode === 'prune') {
    throw new BugpruneError('usage', `This report is of run ${reviewed.run}, which has already been carried out.`, {
      hint: 'Make a new one with: bugprune report -o report.json',
    });
  }
  if (reviewed.policyDigest !== config.policyDigest) {
    io.err.write('The policies have changed since this report; what they no longer propose will be skipped.\n');
  }
  return { report: reviewed, failures: [], trackers: new Map() };
}

async function confirmed(report: Report, proposals: readonly ReportBug[], options: PruneOptions, io: Shell): Promise<boolean> {
  if (options.yes || proposals.length === 0) return true;
  const looks = { width: io.err.width, palette: paletteFor(io.err, io, options.color), next: null, all: true };
  io.err.write(FORMATS.table.render(onlyWith(proposals, report), looks));
  const [first] = proposals;
  const more = proposals.length > 1 ? ` (and ${proposals.length - 1} more like it)` : '';
  if (first) tell(`\nThe comment on ${first.ref}${more}:\n\n${first.comment}`, io);
  const count = (wanted: 'close' | 'warn') => proposals.filter(({ verdict }) => verdict === wanted).length;
  const what = [count('close') > 0 ? `close ${count('close')}` : '', count('warn') > 0 ? `warn ${count('warn')}` : ''];
  const question = what.filter(Boolean).join(' and ');
  const answer = await io.ask(
    `\n${question[0]?.toUpperCase()}${question.slice(1)} of ${report.summary.open} open bugs, each with a comment? [y/N] `,
  );
  return /^y(es)?$/i.test(answer.trim());
}

/** What --drain leaves for the next run is not asked about. */
function onlyWith(proposals: readonly ReportBug[], report: Report): Report {
  const chosen = new Set(proposals);
  const bugs = report.bugs.filter((bug) => chosen.has(bug) || (bug.verdict !== 'close' && bug.verdict !== 'warn'));
  return { ...report, bugs, summary: { ...summarize(bugs), open: report.summary.open } };
}
