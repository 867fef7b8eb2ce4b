import { BugpruneError } from '../../../src/errors.js';
import { resume } from '../../../src/use-cases/prune/resume.js';
import { planUndo } from '../../../src/use-cases/undo/plan.js';
import { planUndoFromTrackers } from '../../../src/use-cases/undo/search.js';
import { undo } from '../../../src/use-cases/undo/undo.js';
import { auditResults, auditUndo } from './audit.js';
import type { Dice } from './dice.js';
import { readJournals } from './journals.js';
import type { Ending, Trouble } from './office.js';
import { bustle, enter } from './run.js';
import type { Year } from './year.js';

/** Takes up a run that was cut short. One that was taken back must be refused. */
export async function takeUp(year: Year, id: string, trouble: Trouble | null, chance: Dice): Promise<Ending> {
  const { observer, office } = year;
  const isUndone = (await readJournals(year)).some(({ header }) => header.of === id);
  const run = observer.runs.get(id);
  observer.diary.write(null, year.clock.now(), `run ${id} is taken up again`);
  const meanwhile = bustle(year, chance, 0.05);
  const ending = await office.command(
    trouble,
    (event) => {
      if (event !== 'pause' && event.type === 'run' && run) enter(year, run);
      meanwhile(event);
    },
    async ({ config, world, folder }) => {
      const { report } = await resume(id, config, world, folder);
      if (run) auditResults(observer, run, report);
    },
  );
  observer.atWork = null;
  const isRefused = ending instanceof BugpruneError;
  if (isRefused !== isUndone && (isRefused || trouble === null))
    observer.complain(null, `run ${id} is ${isRefused ? `refused: ${ending.message}` : 'taken up, which was taken back'}`);
  return ending;
}

/** Takes a run back, by its journal or, where that is lost, by what stands on the tracker; null: the latest one. */
export async function takeBack(year: Year, run: string | null, trouble: Trouble | null, chance: Dice): Promise<Ending> {
  const { observer, office, clock, life } = year;
  const isLost = run !== null && !(await readJournals(year)).some(({ header }) => header.run === run);
  let of = run ?? '';
  const ending = await office.command(trouble, bustle(year, chance, 0.05), async ({ config, world, folder }) => {
    const plan =
      isLost && run !== null
        ? await planUndoFromTrackers(run, config, world, folder)
        : await planUndo(run, [], config, world, folder);
    of = plan.of;
    observer.diary.write(null, clock.now(), `run ${of} is taken back${isLost ? ', without its journal' : ''}`);
    observer.undoing = of;
    observer.regretted.add(of);
    for (const { deed } of plan.items) if (chance.chance(0.05)) life.now(deed.ref, chance);
    await undo(plan, config, world, folder);
  });
  observer.undoing = null;
  const isNone = ending instanceof BugpruneError && ending.code === 'usage' && (isLost || run === null);
  if (ending instanceof BugpruneError && !isNone) observer.complain(null, `the undo of ${of} was refused: ${ending.message}`);
  if (trouble === null && of !== '') auditUndo(observer, of, isLost);
  return ending;
}
