import { BugpruneError } from '../../../src/errors.js';
import type { Report, ReportBug } from '../../../src/report/document.js';
import { readReport } from '../../../src/report/read.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import type { RunEvent } from '../../../src/use-cases/collect.js';
import { plan } from '../../../src/use-cases/dry-run.js';
import { permitted, proposalsOf, prune } from '../../../src/use-cases/prune/prune.js';
import { auditLimits, auditPlan, auditResults, auditRun } from './audit.js';
import { HOUR, instant } from './clock.js';
import type { Dice } from './dice.js';
import { readJournals } from './journals.js';
import { mostOf } from './limits.js';
import { newRun, type WatchedRun } from './observer.js';
import type { Ending, Room, Trouble } from './office.js';
import type { Year } from './year.js';

/** How somebody runs the program this week. */
export interface Manner {
  readonly trouble: Trouble | null;
  readonly limit: number | null;
  readonly drain: boolean;
  /** Hours in which somebody reads the report; null: it is carried out at once. */
  readonly review: number | null;
  /** How likely it is that people do something to a bug just as its turn comes. */
  readonly bustle: number;
}

/** People go on while the program works: on the bug that it comes to, and on whatever it pauses at. */
export function bustle({ life }: Year, chance: Dice, often: number): (event: RunEvent | 'pause') => void {
  let ref: string | null = null;
  return (event) => {
    if (event !== 'pause' && event.type !== 'acting') return;
    if (event !== 'pause') ref = event.ref;
    if (ref !== null && chance.chance(event === 'pause' ? often * 4 : often)) life.now(ref, chance);
  };
}

/** The weekly run: a report, perhaps some hours in which people read it, and what it proposes, as far as the limits allow. */
export async function weeklyRun(year: Year, manner: Manner, chance: Dice): Promise<Ending> {
  const { observer, office } = year;
  await readJournals(year);
  const begun: Begun = { run: null };
  const meanwhile = bustle(year, chance, manner.bustle);
  const ending = await office.command(
    manner.trouble,
    (event) => {
      if (event !== 'pause' && event.type === 'run' && begun.run) enter(year, { ...begun.run, id: event.run });
      meanwhile(event);
    },
    (room) => planAndPrune(year, room, manner, chance, begun),
  );
  observer.atWork = null;
  // It may have died before it said which run it is.
  const ids = (await office.drawer.folder.runs()).flatMap(({ header }) => (header.kind === 'prune' ? [header.run] : []));
  for (const id of ids) if (begun.run && !observer.runs.has(id)) observer.runs.set(id, { ...begun.run, id });
  if (ending instanceof BugpruneError) observer.complain(null, `the run was refused: ${ending.message}`);
  return ending;
}

/** From now on this run is at work. */
export function enter({ observer, clock }: Year, run: WatchedRun): void {
  observer.runs.set(run.id, run);
  observer.atWork = run;
  observer.diary.write(
    null,
    clock.now(),
    `run ${run.id} is at work (${run.most.closes} closings, ${run.most.warnings} warnings at most)`,
  );
}

interface Begun {
  run: WatchedRun | null;
}

async function planAndPrune(year: Year, room: Room, manner: Manner, chance: Dice, begun: Begun): Promise<void> {
  const { clock, life } = year;
  const { report, trackers, allowed, most } = await ask(year, room, manner);
  if (allowed.excess) return;
  const run = newRun('', clock.now(), most);
  begun.run = run;
  if (manner.review === null) {
    await carryOut(year, room, { report, proposals: allowed.proposals, fresh: trackers, run }, manner);
    return;
  }
  clock.pass(manner.review * HOUR);
  for (const { ref } of allowed.proposals) if (chance.chance(manner.bustle * 2)) life.now(ref, chance);
  const reviewed = readReport(JSON.stringify(report), 'report.json');
  const chosen = new Set(allowed.proposals.map(({ ref }) => ref));
  // Who reviews a report may take entries out.
  const todo = reviewed.bugs.filter(({ ref }) => chosen.has(ref) && !chance.chance(0.1));
  await carryOut(year, room, { report: reviewed, proposals: todo, fresh: new Map(), run }, manner);
}

/** Makes a report and asks what of it is permitted; both must be as an observer expects. */
async function ask({ observer, clock }: Year, { config, world, folder }: Room, { limit, drain }: Manner) {
  const earlier = await folder.runs();
  const { report, trackers } = await plan(config, world, earlier);
  auditPlan(observer, report, clock.now());
  const allowed = permitted(report, proposalsOf(report, trackers), config, earlier, { limit, drain });
  const most = mostOf(observer.runs.values(), observer.house, report.bugs.length, limit);
  auditLimits(observer, report, allowed, most, drain);
  return { report, trackers, allowed, most };
}

interface Work {
  readonly report: Report;
  readonly proposals: readonly ReportBug[];
  readonly fresh: ReadonlyMap<string, Tracker>;
  readonly run: WatchedRun;
}

async function carryOut(
  { observer, clock }: Year,
  { config, world, folder }: Room,
  work: Work,
  { trouble }: Manner,
): Promise<void> {
  const now = clock.now();
  const { report, proposals, fresh } = work;
  const pruned = await prune(report, proposals, config, { ...world, now: instant(now) }, fresh, folder);
  const id = pruned.report.run;
  const run = observer.runs.get(id) ?? { ...work.run, id };
  observer.runs.set(id, run);
  auditResults(observer, run, pruned.report);
  if (trouble === null) auditRun(observer, run, proposals, now);
}
