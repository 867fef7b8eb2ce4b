import { groupsBy } from '../../model/groups.js';
import type { Instant } from '../../model/instant.js';
import { count } from '../../model/phrases.js';
import type { Hint, Outcomes, PolicyOutcomes } from '../../report/history/document.js';
import { EARLY, type Fate } from './fate.js';

/** A closing that nobody took back, and what became of the bug; null where that could not be found out. */
export interface Closing {
  readonly run: string;
  readonly tracker: string;
  readonly ref: string;
  readonly policy: string;
  readonly at: Instant;
  readonly fate: Fate | null;
}

/** What became of some closings, in numbers. */
export function outcomesOf(closings: readonly Closing[]): Outcomes {
  const fates = closings.flatMap(({ fate }) => fate ?? []);
  const having = (which: (fate: Fate) => boolean) => fates.filter(which).length;
  const sum = (number: (fate: Fate) => number) => fates.reduce((total, fate) => total + number(fate), 0);
  return {
    reopened: having(({ reopened }) => reopened),
    openNow: having(({ openNow }) => openNow),
    fixed: having(({ fixed }) => fixed),
    stillClosed: having(({ reopened, fixed }) => !reopened && !fixed),
    answered: having(({ comments }) => comments > 0),
    comments: sum(({ comments }) => comments),
    votes: sum(({ votes }) => votes ?? 0),
    unknown: closings.length - fates.length,
  };
}

/** What became of the closings of each policy, month by month; of several closings of a bug the latest. Policies by name. */
export function policiesOf(all: readonly Closing[]): PolicyOutcomes[] {
  const latest = new Map<string, Closing>();
  for (const closing of all.toSorted((a, b) => (a.at < b.at ? -1 : 1)))
    latest.set(JSON.stringify([closing.tracker, closing.ref]), closing);
  const byPolicy = byName([...latest.values()], ({ policy }) => policy);
  return byPolicy.map(([policy, closings]) => ({
    policy,
    closed: closings.length,
    ...outcomesOf(closings),
    early: closings.filter(({ fate }) => fate?.early).length,
    months: byName(closings, ({ at }) => at.slice(0, 7)).map(([month, some]) => ({
      month,
      closed: some.length,
      ...outcomesOf(some),
    })),
  }));
}

function byName(closings: readonly Closing[], key: (closing: Closing) => string): [string, Closing[]][] {
  return [...groupsBy(closings, key)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Of fewer closings nothing can be said. */
const ENOUGH = 10;
/** More than this should not come back. */
const BEARABLE = 0.1;

/** The policies that should perhaps be loosened, because people came back to more than a tenth of what they closed. */
export function hintsOn(policies: readonly PolicyOutcomes[]): Hint[] {
  return policies.flatMap(({ policy, closed, unknown, early }) => {
    const of = closed - unknown;
    const rate = early / of;
    if (of < ENOUGH || rate <= BEARABLE) return [];
    const found = `Of ${count(of, 'bug')} that it closed, people reopened, fixed or answered ${early} (${Math.round(rate * 1000) / 10} %)`;
    const message = `The policy "${policy}" may close too much. ${found} within ${EARLY} days.`;
    return [{ policy, early, of, rate, message, command: 'bugprune backtest' }];
  });
}
