import type { Bug } from '../model/bug.js';
import { formatDuration } from '../model/duration.js';
import { latest } from '../model/instant.js';
import { assumptionsOf, type Unknowns } from './assumptions.js';
import type { Backtest, Closure, Rescue } from './document.js';
import { closureEntry, rescueEntry } from './entries.js';
import type { Fate } from './fate.js';
import type { Life, Telling } from './life.js';
import { countProtection } from './protection.js';
import type { Played } from './replay.js';
import { runAt, type Schedule } from './schedule.js';
import { type Count, rangeOf, summaryOf } from './summary.js';
import type { Trial } from './trial.js';
import { countWeeks } from './weeks.js';

/** The result of one trial in the making: bugs are added one by one, and not kept. */
export interface Tally {
  add(life: Life): void;
  result(): Backtest;
}

/** Starts the tally of a trial. */
export function tallyOf(trial: Trial, schedule: Schedule): Tally {
  const weeks = countWeeks(schedule);
  const closures: Closure[] = [];
  const rescued: Rescue[] = [];
  const least: Count = { closed: 0, regrets: 0 };
  const most: Count = { closed: 0, regrets: 0 };
  const unknowns: Unknowns = {
    bugs: 0,
    doubts: new Map(),
    guarded: 0,
    faded: 0,
    slipped: 0,
    unsureFixes: 0,
    closedInReality: 0,
    knownUntil: schedule.to,
  };
  const protection = countProtection();
  let [warned, open] = [0, 0];

  return {
    add(life) {
      const { told, late } = life;
      const { played, loose } = play(trial, life);
      const regret = regretOf(told, played, schedule);
      warned += played.warnings.length;
      if (told.stretches.some(({ bug }) => bug.state === 'open')) open++;
      weeks.add(told.stretches, played, regret);
      if (played.closing) {
        closures.push(closureEntry(told, played.closing, regret, schedule));
        protection.add(foundBy(played.closing, told), regret !== null);
      }
      for (const warning of played.warnings) rescued.push(...listed(rescueEntry(told, warning, played.closing, schedule)));
      const sureRegret = regretOf({ ...told, fates: told.fates.filter(({ sure }) => sure) }, played, schedule);
      if (life.doubts.size === 0 && !played.closing?.slipped) count(least, played, sureRegret);
      count(most, loose, regretOf(late, loose, schedule));
      note(unknowns, life, played, loose, regret);
      if (trial.minding && played.closing && told.bug.state === 'closed') unknowns.faded++;
    },
    result() {
      const summary = summaryOf(closures, { bugs: unknowns.bugs, open, warned, rescued: rescued.length });
      return {
        version: 1,
        kind: 'backtest',
        subject: trial.subject,
        from: schedule.from,
        to: schedule.to,
        every: formatDuration(schedule.every),
        policyDigest: trial.policyDigest,
        weeks: weeks.list(),
        closures: closures.toSorted((a, b) => inOrder(a.at, b.at)),
        rescued: rescued.toSorted((a, b) => inOrder(a.warnedAt, b.warnedAt)),
        summary,
        protection: protection.list(),
        assumptions: assumptionsOf(unknowns, trial.timeless, closures),
        range: rangeOf([least, summary, most]),
      };
    },
  };
}

/** What becomes of a bug by what its history tells, and when nothing that is in doubt protects it; mostly these are the same. */
function play(trial: Trial, life: Life): { readonly played: Played; readonly loose: Played } {
  const { told, late } = life;
  const played = trial.replay(told.stretches);
  const loosened = trial.loosened(life);
  return { played, loose: loosened === trial.replay && late === told ? played : loosened(late.stretches) };
}

/** The bug as a run found it. */
function foundBy({ run }: { readonly run: number }, { bug, stretches }: Telling): Bug {
  return stretches.find(({ first, end }) => first <= run && run < end)?.bug ?? bug;
}

/** The first thing people did after the closing that speaks for the bug. */
function regretOf({ fates }: Telling, { closing }: Played, schedule: Schedule): Fate | null {
  if (!closing) return null;
  const at = runAt(schedule, closing.run);
  return fates.find((fate) => fate.at > at) ?? null;
}

function count(into: Count, { closing }: Played, regret: Fate | null): void {
  if (closing) into.closed++;
  if (regret) into.regrets++;
}

function note(unknowns: Unknowns, { told, doubts }: Life, played: Played, loose: Played, regret: Fate | null): void {
  unknowns.bugs++;
  for (const doubt of doubts) {
    const found = unknowns.doubts.get(doubt) ?? { bugs: 0, closed: 0 };
    unknowns.doubts.set(doubt, { bugs: found.bugs + 1, closed: found.closed + (played.closing ? 1 : 0) });
  }
  if (doubts.size === 0 && loose.closing && !played.closing) unknowns.guarded++;
  if (played.closing?.slipped) unknowns.slipped++;
  if (regret && !regret.sure) unknowns.unsureFixes++;
  if (told.bug.state === 'closed') unknowns.closedInReality++;
  unknowns.knownUntil = latest(unknowns.knownUntil, told.bug.updatedAt) ?? unknowns.knownUntil;
}

function listed<Item>(item: Item | null): Item[] {
  return item === null ? [] : [item];
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
