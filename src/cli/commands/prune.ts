import { refusal } from '../../apply/limits.js';
import { BugpruneError } from '../../errors.js';
import { isProposal, type Report, type ReportBug, summarize } from '../../report/document.js';
import { FORMATS } from '../../report/formats.js';
import { commentsOn, question } from '../../report/review.js';
import { type Plan, plan } from '../../use-cases/dry-run.js';
import { backlogBefore } from '../../use-cases/history/history.js';
import { type Permission, type Permitted, permitted, proposalsOf, prune } from '../../use-cases/prune/prune.js';
import type { Shell } from '../io.js';
import { checkTarget, chooseDestinations, writeReport } from '../outputs.js';
import { paletteFor } from '../palette.js';
import { readReportFile } from '../report-file.js';
import type { Reviewed } from '../review.js';
import { openSession, type Session } from '../session.js';
import { pruneCommandLine } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';
import { finishRun } from './finish-run.js';
import type { PruneOptions } from './options.js';

/** `bugprune prune`: carries out a reviewed report, or a fresh one that it shows and confirms. */
export async function pruneCommand(args: readonly string[], options: PruneOptions, io: Shell): Promise<number> {
  if (options.resume !== undefined) {
    const { resumeCommand } = await import('./resume.js');
    return resumeCommand(options.resume, args, options, io);
  }
  const { file, sources } = splitArguments(args);
  if (options.interactive) refuseReview(options, io);
  const reviewed = file === null ? null : await readReportFile(file, io);
  if (!options.yes && !io.canAsk) {
    throw new BugpruneError('usage', 'There is nobody to confirm this.', {
      hint: file === null ? 'Look at the dry run first (bugprune report), then say --yes.' : `Add --yes to carry out ${file}.`,
    });
  }
  const session = await openSession(sources, options, io, file === null ? {} : { nowhere: () => madeFromWhat(file) });
  const { config, world, state, progress, palette } = session;
  const to = chooseDestinations(options, config.formats);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  const runs = await state.runs();
  const { report, failures, trackers } = reviewed ? takeReviewed(reviewed, session, io) : await plan(config, world, runs);
  progress.done();
  for (const failure of failures) tellFailure(failure, io);
  const permission: Permission = { limit: options.limit ?? null, drain: options.drain ?? false };
  const planned = permitted(report, proposalsOf(report, trackers), config, runs, permission);
  const chosen = options.interactive ? await reviewOf(report, planned, session, options, io) : { ...planned, report };
  if (chosen?.excess) {
    const command = pruneCommandLine(file === null ? sources : [file, ...sources], options);
    // Whoever has to decide what to do about it needs to see what it is about.
    const backlog = backlogBefore(chosen.report, runs);
    await writeReport(chosen.report, to, { palette, next: command, all: false, backlog }, io);
    const refused = refusal(chosen.excess, command);
    // A table at a terminal ends with these commands, right above.
    throw io.out.isTerminal && to.stdout === FORMATS.table ? new BugpruneError(refused.code, refused.message) : refused;
  }
  if (chosen === null || !(await confirmed(chosen, options, io))) {
    io.err.write('Nothing was changed.\n');
    return 0;
  }
  const pruned = await prune(chosen.report, chosen.proposals, config, world, trackers, state);
  return finishRun(pruned, failures, to, session, options, io);
}

/** The report, if there is one, comes first and ends in .json; everything else is a source. */
function splitArguments(args: readonly string[]): { file: string | null; sources: readonly string[] } {
  const [first, ...rest] = args;
  return first?.endsWith('.json') ? { file: first, sources: rest } : { file: null, sources: args };
}

function madeFromWhat(file: string): BugpruneError {
  return new BugpruneError('usage', `${file} is carried out on what it was made from, and nothing here says what that was.`, {
    hint: `Name that behind the report: bugprune prune ${file} https://github.com/OWNER/REPO`,
  });
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

function refuseReview({ yes }: PruneOptions, io: Shell): void {
  if (yes) throw new BugpruneError('usage', '--interactive asks about each bug, and --yes says not to ask.');
  if (io.canAsk) return;
  throw new BugpruneError('usage', 'There is no terminal at which to go through the proposals.', {
    hint: 'Go through them in an editor: bugprune report -o report.json. Delete entries, turn "close" into "keep", or give a kept one "snooze": "2027-03-01"; then: bugprune prune report.json --yes',
  });
}

async function reviewOf(report: Report, plan: Permitted, { world }: Session, options: PruneOptions, io: Shell) {
  const { review } = await import('../review.js');
  return review({ report, plan, now: world.now, palette: paletteFor(io.err, io, options.color) }, io);
}

/** What was gone through has been agreed to already. */
async function confirmed({ report, proposals, allowance }: Reviewed, options: PruneOptions, io: Shell): Promise<boolean> {
  if (options.yes || options.interactive || proposals.length === 0) return true;
  const looks = { width: io.err.width, palette: paletteFor(io.err, io, options.color), next: null, all: true };
  io.err.write(FORMATS.table.render(onlyWith(proposals, { ...report, limits: allowance }), looks));
  tell(`\n${commentsOn(proposals)}`, io);
  const answer = await io.ask(`\n${question(proposals, report)}? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

/** What is asked about, and nothing else: what --drain leaves for the next run is not counted, and what is kept is no more than counted. */
function onlyWith(proposals: readonly ReportBug[], report: Report): Report {
  const chosen = new Set(proposals);
  const bugs = report.bugs.filter((bug) => chosen.has(bug) || !isProposal(bug));
  const summary = { ...summarize(bugs), open: report.summary.open };
  return { ...report, bugs: bugs.filter((bug) => chosen.has(bug)), summary };
}
