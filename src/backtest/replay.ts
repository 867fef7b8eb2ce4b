import type { BugEvent } from '../model/bug.js';
import { add } from '../model/duration.js';
import type { Instant } from '../model/instant.js';
import type { Ruleset } from '../rules/judge.js';
import { proposalFinder } from './first-proposal.js';
import { imagined, withComments } from './marks.js';
import { firstRunFrom, runAt, type Schedule } from './schedule.js';
import type { Stretch } from './stretches.js';

/** A warning that would have been posted. */
export interface PlayedWarning {
  readonly run: number;
  readonly policy: string;
  /** The end of its notice period: the run that would close the bug if nobody did anything. */
  readonly until: Instant;
}

/** The run that would have closed a bug. `slipped`: it had a target then, one that is over by now. */
export interface PlayedClosing {
  readonly run: number;
  readonly policy: string;
  readonly slipped: boolean;
}

/** What would have become of one bug. After its closing it is in another world than ours, and is not judged again. */
export interface Played {
  readonly warnings: readonly PlayedWarning[];
  readonly closing: PlayedClosing | null;
}

/** Replays one bug, given as its stretches. */
export type Replay = (stretches: readonly Stretch[]) => Played;

/** Replays policies: each run judges the bug as it was, together with the warnings that earlier runs would have left on it. */
export function policyReplay(rules: Ruleset, schedule: Schedule): Replay {
  const find = proposalFinder(rules, schedule);
  const noticeOf = new Map(rules.policies.map(({ name, warn }) => [name, warn]));
  return (stretches) => {
    const comments: BugEvent[] = [];
    const warnings: PlayedWarning[] = [];
    for (const { bug, first, end } of stretches) {
      // No rules close what is closed.
      let next = bug.state === 'open' ? first : end;
      while (next < end) {
        const found = find(withComments(bug, comments), next, end);
        if (found === null) break;
        const { verdict, policy, targetClass } = found.judgement;
        const by = { run: found.run, policy: policy ?? '' };
        if (verdict === 'close') return { warnings, closing: { ...by, slipped: targetClass === 'slipped' } };
        const at = runAt(schedule, found.run);
        const notice = noticeOf.get(by.policy);
        comments.push(imagined('warn', by.policy, at));
        warnings.push({ ...by, until: notice ? endOfNotice(schedule, add(at, notice)) : at });
        next = found.run + 1;
      }
    }
    return { warnings, closing: null };
  };
}

/** What is due at an instant is done by the first run from then on; the last runs may have no such successor. */
export function endOfNotice(schedule: Schedule, due: Instant): Instant {
  return schedule.runs[firstRunFrom(schedule, due)] ?? due;
}
