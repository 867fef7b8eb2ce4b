import type { Bug } from '../model/bug.js';
import { renderComment } from '../model/comment.js';
import { humanComments, lastHumanActivity, untargetedSince } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import { targetNames } from '../model/target.js';
import type { Judgement, Reason, Ruleset } from '../rules/judge.js';
import type { ReportBug } from './document.js';

/** A judged bug as an entry of the report. Of a confidential one nothing is told that somebody wrote into it. */
export function reportEntry(bug: Bug, judgement: Judgement, rules: Ruleset, now: Instant): ReportBug {
  const { verdict, policy, attention, targetClass, reasons } = judgement;
  const known = bug.history === 'complete';
  const open = !bug.confidential;
  return {
    ref: bug.ref,
    tracker: bug.tracker,
    url: bug.url,
    title: open ? bug.title || '(no title)' : '',
    verdict,
    policy,
    attention,
    priority: open ? bug.priority : null,
    assignees: open ? bug.assignees.map(({ name }) => name) : [],
    createdAt: bug.createdAt,
    updatedAt: bug.updatedAt,
    untargetedSince: known && (verdict !== 'keep' || targetNames(bug.targets).length === 0) ? untargetedSince(bug) : null,
    lastHumanActivityAt: known ? lastHumanActivity(bug) : null,
    // Of confidential bugs, too: how many people care is no text, and decides when its turn comes.
    engagement: known && bug.votes !== null ? bug.votes + humanComments(bug) : null,
    target: { class: targetClass, names: open ? targetNames(bug.targets) : [] },
    reasons: open ? [...reasons] : reasons.map(concealed),
    comment: commentFor(bug, judgement, rules, now),
    expect: { updatedAt: bug.updatedAt },
    result: null,
  };
}

/** These rules speak of nothing but times. */
export const CLOCKS = new Set(['untargetedFor', 'idleFor', 'openFor', 'warned', 'snoozed', 'history']);

/** A reason as it may be told of a confidential bug. */
export function concealed(reason: Reason): Reason {
  return CLOCKS.has(reason.rule) ? reason : { ...reason, message: 'not shown: the bug is confidential', data: {} };
}

function commentFor(bug: Bug, { verdict, policy: name }: Judgement, { policies }: Ruleset, now: Instant): string | null {
  const policy = policies.find((one) => one.name === name);
  if (!policy || (verdict !== 'close' && verdict !== 'warn')) return null;
  const template = verdict === 'warn' ? policy.warning : policy.comment;
  return renderComment(template, { bug, policy: policy.name, warn: policy.warn, now });
}
