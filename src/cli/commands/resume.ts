import { BugpruneError } from '../../errors.js';
import { resume } from '../../use-cases/prune/resume.js';
import type { Shell } from '../io.js';
import { checkTarget, chooseDestinations } from '../outputs.js';
import { openSession, type Session } from '../session.js';
import { finishRun } from './finish-run.js';
import type { PruneOptions } from './options.js';

/** `bugprune prune --resume RUN`: finishes a run that was cut short. It was agreed to when it began. */
export async function resumeCommand(run: string, args: readonly string[], options: PruneOptions, io: Shell): Promise<number> {
  if (args.length > 0 || options.limit !== undefined || options.drain || options.interactive) {
    throw new BugpruneError('usage', '--resume goes on with what was agreed to: its trackers, its bugs, and no others.', {
      hint: `Say only: bugprune prune --resume ${run}`,
    });
  }
  if (!options.yes && !io.canAsk) {
    throw new BugpruneError('usage', 'There is nobody to confirm this.', { hint: `Add --yes to go on with run ${run}.` });
  }
  const session = await openSession([], options, io, { journal: true });
  const { config, world, state } = session;
  const to = chooseDestinations(options, config.formats);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  if (!options.yes && !(await agreed(run, session, io))) {
    io.err.write('Nothing was changed.\n');
    return 0;
  }
  return finishRun(await resume(run, config, world, state), [], to, session, options, io);
}

async function agreed(run: string, { state }: Session, io: Shell): Promise<boolean> {
  const { header, bugs } = await state.find(run);
  const left = bugs.filter(({ outcome }) => outcome === null || outcome.status === 'failed').length;
  const answer = await io.ask(`Run ${run} began on ${header.startedAt}: ${left} of ${bugs.length} bugs are left. Go on? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
