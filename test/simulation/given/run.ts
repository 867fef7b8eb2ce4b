import type { RunEvent } from '../../../src/collect.js';
import { plan } from '../../../src/dry-run.js';
import { BugpruneError } from '../../../src/errors.js';
import { permitted, proposalsOf, prune } from '../../../src/prune.js';
import { type Report, readReport } from '../../../src/report/document.js';
import { auditPlan, auditResults, auditRun } from './audit.js';
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
  const begun: { run: WatchedRun | null } = { run: null };
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
  observer.atWork = { run };
  observer.diary.write(null, clock.now(), `run ${run.id} is at work (${run.most.closes} closings, ${run.most.warnings} warnings at most)`);
}

async function planAndPrune(
  year: Year,
  { config, world, folder }: Room,
  { limit, drain, review, bustle: often, trouble }: Manner,
  chance: Dice,
  begun: { run: WatchedRun | null },
): Promise<void> {
  const { observer, clock, life } = year;
  const earlier = await folder.runs();
  const { report, trackers } = await plan(config, world, earlier);
  const now = clock.now();
  auditPlan(observer, report, now);
  const proposals = proposalsOf(report, trackers);
  const allowed = permitted(report, proposals, config, earlier, { limit, drain });
  const most = mostOf(observer.runs.values(), observer.house, report.bugs.length, limit);
  const { closes, warnings } = allowed.allowance;
  if (closes !== most.closes || warnings !== most.warnings)
    observer.complain(null, `${closes} closings and ${warnings} warnings are allowed, and not ${most.closes} and ${most.warnings}`);
  compare(year, report, most, allowed.excess !== null || drain, drain);
  if (allowed.excess) return;
  begun.run = newRun('', now, most);
  if (review !== null) clock.pass(review * HOUR);
  for (const { ref } of proposals) if (review !== null && chance.chance(often * 2)) life.now(ref, chance);
  const chosen = new Set(allowed.proposals.map(({ ref }) => ref));
  const reviewed = review === null ? report : readReport(JSON.stringify(report), 'report.json');
  const fresh = review === null ? trackers : new Map();
  // Who reviews a report may take entries out.
  const todo = review === null ? allowed.proposals : reviewed.bugs.filter(({ ref }) => chosen.has(ref) && !chance.chance(0.1));
  const later = { ...world, now: instant(clock.now()) };
  const pruned = await prune(reviewed, todo, config, later, fresh, folder);
  const run = observer.runs.get(pruned.report.run) ?? { ...begun.run, id: pruned.report.run };
  observer.runs.set(run.id, run);
  auditResults(observer, run, pruned.report);
  if (trouble === null) auditRun(observer, run, todo, Date.parse(later.now));
}

/** The limits are those of the house, and a plan that exceeds them is refused. */
function compare({ observer }: Year, { bugs }: Report, most: WatchedRun['most'], isHeld: boolean, drain: boolean): void {
  const count = (wanted: string) => bugs.filter(({ verdict }) => verdict === wanted).length;
  const isTooMuch = count('close') > most.closes || count('warn') > most.warnings;
  if (isTooMuch && !isHeld) observer.complain(null, `${count('close')} closings and ${count('warn')} warnings are let through`);
  if (!isTooMuch && isHeld && !drain) observer.complain(null, `${count('close')} closings and ${count('warn')} warnings are refused`);
}
