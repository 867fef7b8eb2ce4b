import type { Bug } from '../model/bug.js';
import { type Judgement, judge, type Ruleset } from '../rules/judge.js';
import { isSteady, proposes } from '../rules/steady.js';
import { firstIndex, runAt, type Schedule } from './schedule.js';

/** The first run of a stretch that proposes to do something to the bug, and why. */
export interface Proposal {
  readonly run: number;
  readonly judgement: Judgement;
}

/** Finds the first proposal among the runs from `first` to before `end`, between which nothing happens to the bug; null when there is none. */
export type FindProposal = (bug: Bug, first: number, end: number) => Proposal | null;

/**
 * How to find proposals without asking every run: of steady rules, the first run at which one policy alone proposes is found by halving.
 * Of several policies the first that decides has its way, and one may silence another, so that all are asked together then; but
 * whatever they propose first, one of them alone proposes first. Of rules that are not steady, every run is asked.
 */
export function proposalFinder(rules: Ruleset, schedule: Schedule): FindProposal {
  const ask = (bug: Bug, run: number, by = rules) => judge(bug, by, runAt(schedule, run));
  const firstThatProposes = (bug: Bug, among: Iterable<number>): Proposal | null => {
    for (const run of among) {
      const judgement = ask(bug, run);
      if (proposes(judgement)) return { run, judgement };
    }
    return null;
  };
  if (!isSteady(rules)) return (bug, first, end) => firstThatProposes(bug, between(first, end));

  const alone = rules.policies.map((policy): Ruleset => ({ ...rules, policies: [policy] }));
  const firstOf = (bug: Bug, by: Ruleset, first: number, end: number): number =>
    proposes(ask(bug, end - 1, by)) ? firstIndex(first, end - 1, (run) => proposes(ask(bug, run, by))) : end;
  return (bug, first, end) => {
    const candidates = alone.map((policy) => firstOf(bug, policy, first, end)).filter((run) => run < end);
    return firstThatProposes(
      bug,
      candidates.toSorted((a, b) => a - b),
    );
  };
}

function* between(first: number, end: number): Generator<number> {
  for (let run = first; run < end; run++) yield run;
}
