import type { Bug } from '../model/bug.js';
import type { Ruleset } from '../rules/judge.js';
import type { BoundRule } from '../rules/rule.js';
import type { Life } from './life.js';
import { policyReplay, type Replay } from './replay.js';
import type { Schedule } from './schedule.js';
import { staleReplay } from './stale.js';

/** Something to be replayed over a backlog. */
export interface Trial {
  /** What is replayed, in a few words: `the policies as configured`. */
  readonly subject: string;
  /** Of the configuration that it comes from; null for what comes from none. */
  readonly policyDigest: string | null;
  /** Criteria in use that look at what has no history. */
  readonly timeless: readonly string[];
  /** Whether guards are in use that protect while somebody works on a bug: a closed one does not show that any more. */
  readonly minding: boolean;
  readonly replay: Replay;
  /** The same without the guards that rest on what cannot be known of this bug's past; the same function when none of them speaks. */
  loosened(life: Life): Replay;
}

/** These look at what is known only as it is now. */
const TIMELESS_GUARDS = new Set(['priorities', 'inProgress', 'linkedWork', 'votes']);
const WORK_GUARDS = new Set(['inProgress', 'linkedWork']);
const TIMELESS_CRITERIA = new Set(['types', 'priorities']);
/** Without a whole history so are these. */
const UNREAD_GUARDS = new Set([...TIMELESS_GUARDS, 'labels', 'assigned']);

/** A trial of policies. */
export function policyTrial(rules: Ruleset, schedule: Schedule, of: Pick<Trial, 'subject' | 'policyDigest'>): Trial {
  const replay = policyReplay(rules, schedule);
  const timeless = policyReplay(without(rules, TIMELESS_GUARDS), schedule);
  const unread = policyReplay(without(rules, UNREAD_GUARDS), schedule);
  const shaky = guardsOf(rules).filter(({ id }) => TIMELESS_GUARDS.has(id));
  const speaks = (bug: Bug) =>
    shaky.some((guard) => guard.check(bug, { now: schedule.to, targetClass: 'untargeted' }).outcome !== 'no-match');
  const criteria = rules.policies.flatMap((policy) => policy.criteria.map(({ id }) => id));
  return {
    ...of,
    minding: guardsOf(rules).some(({ id }) => WORK_GUARDS.has(id)),
    timeless: [...new Set(criteria.filter((id) => TIMELESS_CRITERIA.has(id)))],
    replay,
    loosened({ told, doubts }) {
      if (doubts.has('history')) return unread;
      return speaks(told.bug) ? timeless : replay;
    },
  };
}

/** The trial that others are compared with: see {@link staleReplay}. */
export function staleTrial(schedule: Schedule): Trial {
  const replay = staleReplay(schedule);
  return {
    subject: 'a stale bot: 60 days without a change, then 7 more',
    policyDigest: null,
    timeless: [],
    minding: false,
    replay,
    loosened: () => replay,
  };
}

function guardsOf({ guards, policies }: Ruleset): BoundRule[] {
  return [...guards, ...policies.flatMap((policy) => policy.guards)];
}

function without(rules: Ruleset, ids: ReadonlySet<string>): Ruleset {
  const kept = (guards: readonly BoundRule[]) => guards.filter(({ id }) => !ids.has(id));
  return {
    ...rules,
    guards: kept(rules.guards),
    policies: rules.policies.map((policy) => ({ ...policy, guards: kept(policy.guards) })),
  };
}
