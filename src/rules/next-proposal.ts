import type { Bug } from '../model/bug.js';
import { add, type Duration } from '../model/duration.js';
import { type Instant, toInstant } from '../model/instant.js';
import { closesOn } from './closes-on.js';
import { judge, type Ruleset, type Verdict } from './judge.js';
import { isSteady, proposes } from './steady.js';

/** What time brings when nothing else happens to a bug. */
export interface Proposal {
  /** The first moment at which it is proposed. */
  readonly at: Instant;
  readonly verdict: Verdict;
  readonly policy: string | null;
  /** The first day on which a prune closes it; where it is warned first, that is later. */
  readonly closesOn: string | null;
}

/**
 * When a bug to which nothing happens is proposed for the first time, from `now` on; null when time alone does not bring that about
 * within ten years. Exact to the second where all rules are bugprune's own; with a rule of a user's own, it is the first of the days
 * from `now` on, at the same time of day, within three years.
 */
export function nextProposal(bug: Bug, rules: Ruleset, now: Instant): Proposal | null {
  const proposedAt = (by: Ruleset) => (at: Instant) => proposes(judge(bug, by, at));
  const at = isSteady(rules) ? earliest(rules, proposedAt, now) : firstDay(proposedAt(rules), now);
  if (at === null) return null;
  const judgement = judge(bug, rules, at);
  return { at, verdict: judgement.verdict, policy: judgement.policy, closesOn: closesOn(judgement, at) };
}

/** Of several policies the first that decides has its way, and one may silence another; but what all propose first, one of them alone does. */
function earliest(rules: Ruleset, proposedAt: (by: Ruleset) => (at: Instant) => boolean, now: Instant): Instant | null {
  const alone = rules.policies.map((policy) => firstMoment(proposedAt({ ...rules, policies: [policy] }), now));
  const moments = alone.filter((at) => at !== null).sort();
  return moments.find(proposedAt(rules)) ?? null;
}

/** When something holds for the first time, from `now` on, of a bug to which nothing happens: in the way of {@link nextProposal}. */
export function firstTime(holds: (at: Instant) => boolean, rules: Ruleset, now: Instant): Instant | null {
  return isSteady(rules) ? firstMoment(holds, now) : firstDay(holds, now);
}

/** Further ahead nobody plans; and that many days can be tried one by one while somebody waits. */
const AHEAD: Duration = { count: 10, unit: 'y' };
const DAYS_AHEAD = 1096;

/** What once holds goes on holding, so it is found by halving. */
function firstMoment(holds: (at: Instant) => boolean, now: Instant): Instant | null {
  const end = add(now, AHEAD);
  if (holds(now)) return now;
  if (!holds(end)) return null;
  const at = (seconds: number): Instant => toInstant(seconds * 1000) ?? end;
  let [early, late] = [Date.parse(now) / 1000, Date.parse(end) / 1000];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (holds(at(middle))) late = middle;
    else early = middle;
  }
  return at(late);
}

function firstDay(holds: (at: Instant) => boolean, now: Instant): Instant | null {
  for (let days = 0; days <= DAYS_AHEAD; days++) {
    const at = add(now, { count: days, unit: 'd' });
    if (holds(at)) return at;
  }
  return null;
}
