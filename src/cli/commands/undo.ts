import { BugpruneError, EXIT_CODES } from '../../errors.js';
import { forJson } from '../../report/escape.js';
import type { UndoDocument } from '../../report/undo/document.js';
import { undoPreview, undoQuestion, undoText } from '../../report/undo/undo.js';
import { planUndo, type UndoPlan } from '../../use-cases/undo/plan.js';
import { planUndoFromTrackers, searchedFrom } from '../../use-cases/undo/search.js';
import { proposalsOf, type Undone, undo } from '../../use-cases/undo/undo.js';
import type { Shell } from '../io.js';
import { ACTION_FAILED } from '../outcome.js';
import { paletteFor } from '../palette.js';
import { type CommonOptions, openSession, type Session } from '../session.js';
import { journalCommandLine } from '../suggest.js';
import { tell, tellFailure } from '../tell.js';

export type UndoOptions = CommonOptions & { readonly yes?: boolean; readonly fromTracker?: boolean };

/** `bugprune undo`: takes a run back, as far as nobody has touched since what it did. */
export async function undoCommand(
  run: string | null,
  sources: readonly string[],
  options: UndoOptions,
  io: Shell,
): Promise<number> {
  refuseNonsense(run, sources, options, io);
  const session = await openSession(sources, options, io, { journal: !options.fromTracker });
  const { config, world, state, progress } = session;
  const plan =
    options.fromTracker && run !== null
      ? await planUndoFromTrackers(run, config, world, state)
      : await planUndo(run, options.tracker ?? [], config, world, state);
  progress.done();
  for (const failure of plan.failures) tellFailure(failure, io);
  if (!(await agreed(plan, options, io))) {
    io.err.write('Nothing was changed.\n');
    return 0;
  }
  const undone = await undo(plan, config, world, state);
  progress.done();
  return finish(undone, plan, session, sources, options, io);
}

function refuseNonsense(run: string | null, sources: readonly string[], { yes, fromTracker }: UndoOptions, io: Shell): void {
  if (fromTracker && run === null) {
    throw new BugpruneError('usage', 'Which run? Without journals there is no latest one.', {
      hint: 'Its id stands in its report and in the marker of its comments: bugprune undo RUN --from-tracker SOURCE',
    });
  }
  if (fromTracker && run !== null) searchedFrom(run);
  if (!fromTracker && sources.length > 0) {
    throw new BugpruneError('usage', 'A run is taken back by its journal, which knows its trackers.', {
      hint: `To find out on a tracker what it did: bugprune undo ${run} --from-tracker ${sources.join(' ')}`,
    });
  }
  if (!yes && !io.canAsk) throw new BugpruneError('usage', 'There is nobody to confirm this.', { hint: 'Add --yes.' });
}

async function agreed(plan: UndoPlan, options: UndoOptions, io: Shell): Promise<boolean> {
  const proposals = proposalsOf(plan).map((one) => ({ ...one, detail: io.clean(one.detail) }));
  const question = undoQuestion(plan.of, proposals);
  if (options.yes || question === '') return true;
  const palette = paletteFor(io.err, io, options.color);
  io.err.write(undoPreview(plan.of, proposals, { width: io.err.width, palette }));
  return /^y(es)?$/i.test((await io.ask(`\n${question}? [y/N] `)).trim());
}

async function finish(
  { document, stopped }: Undone,
  plan: UndoPlan,
  { palette }: Session,
  sources: readonly string[],
  options: UndoOptions,
  io: Shell,
): Promise<number> {
  const told = withoutSecrets(document, io);
  io.out.write(options.json ? `${forJson(JSON.stringify(told, null, 2))}\n` : undoText(told, { palette, width: io.out.width }));
  await io.out.flushed();
  const words = ['undo', plan.of, ...(options.fromTracker ? ['--from-tracker', ...sources] : [])];
  const again = journalCommandLine(words, options);
  if (stopped) {
    tellFailure(stopped, io);
    tell(`Nothing more was written to any tracker. Then: ${again}`, io);
    return ACTION_FAILED;
  }
  if (io.stop.aborted) {
    tell(`Interrupted. The rest: ${again}`, io);
    return EXIT_CODES.interrupted;
  }
  const codes = plan.failures.map(({ code }) => EXIT_CODES[code]);
  if (codes.length > 0) return Math.min(...codes);
  return document.summary.takenBack === document.bugs.length ? 0 : ACTION_FAILED;
}

/** Details and problems quote the words of servers. */
function withoutSecrets(document: UndoDocument, { clean }: Shell): UndoDocument {
  const bugs = document.bugs.map((bug) => ({ ...bug, detail: clean(bug.detail) }));
  return { ...document, bugs, problems: document.problems.map(clean) };
}
