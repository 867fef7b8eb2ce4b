import type { Bug } from '../model/bug.js';
import { add, type Duration, durationInWords, hasPassed } from '../model/duration.js';
import { lastHumanActivity, standingMark } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import { classifyTargets, type TargetClass } from '../model/target.js';
import type { BoundRule, Finding, Outcome, RuleContext } from './rule.js';
import { type Treatment, targetFinding } from './target.js';

/** A named rule set; its texts are templates that were checked when the configuration was read. */
export interface Policy {
  readonly name: string;
  readonly criteria: readonly BoundRule[];
  readonly guards: readonly BoundRule[];
  /** How long a warning must have stood before the bug is closed; null closes at once. */
  readonly warn: Duration | null;
  readonly comment: string;
  readonly warning: string;
}

/** Everything a bug is judged by. */
export interface Ruleset {
  readonly isParked: (name: string) => boolean;
  readonly treat: Treatment;
  /** Guards of every policy. */
  readonly guards: readonly BoundRule[];
  /** Tried in order; the first that proposes something decides. */
  readonly policies: readonly Policy[];
}

export type Verdict = 'close' | 'warn' | 'keep' | 'undecided';

/** One rule's outcome for one bug, as it stands in reports. `policy` is null for what holds under every policy. */
export interface Reason extends Finding {
  readonly rule: string;
  readonly kind: 'criterion' | 'guard';
  readonly policy: string | null;
}

/** What becomes of a bug, and why: the reasons hold every rule's outcome, those that decided first. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The policy that proposes to close or warn; null when none does. */
  readonly policy: string | null;
  /** A kept bug that needs a person: severe and untargeted, or slipped. */
  readonly attention: boolean;
  readonly targetClass: TargetClass;
  readonly reasons: readonly Reason[];
}

/** Judges one bug at one moment. Pure: the same bug, rules and clock give the same judgement. */
export function judge(bug: Bug, rules: Ruleset, now: Instant): Judgement {
  const targetClass = classifyTargets(bug.targets, rules.isParked);
  const context = { now, targetClass };
  const target: Reason = { rule: 'target', kind: 'criterion', policy: null, ...targetFinding(bug, targetClass, rules.treat) };
  const shared = [...closedAlready(bug), target, ...evaluate(rules.guards, bug, context, null), ...remarks(bug)];

  const trials = rules.policies.map((policy) => trial(bug, policy, shared, context));
  const decided = trials.find((one) => one.decides);
  const verdict = decided?.verdict ?? (trials.some((one) => one.verdict === 'undecided') ? 'undecided' : 'keep');
  const chosen = decided ? [decided] : trials.filter((one) => one.verdict === verdict);
  const deciding = chosen.flatMap((one) => one.deciding);
  const reasons = [...new Set([...deciding, ...shared, ...[...chosen, ...trials].flatMap((one) => one.own)])];
  return {
    verdict,
    policy: decided && verdict !== 'keep' ? decided.policy : null,
    attention: verdict === 'keep' && bug.state === 'open' && needsAttention(targetClass, target, reasons, rules.treat),
    targetClass,
    reasons,
  };
}

interface Trial {
  readonly policy: string;
  readonly verdict: Verdict;
  /** No later policy is asked: this one proposes something, or has, and its warning is ageing. */
  readonly decides: boolean;
  readonly own: readonly Reason[];
  readonly deciding: readonly Reason[];
}

/** The outcome with which a rule lets a bug go, and the one with which it keeps it. Anything else is a doubt. */
export const CLEARS = { criterion: 'match', guard: 'no-match' } as const;
const KEEPS = { criterion: 'no-match', guard: 'match' } as const;

/** What one policy alone would do. */
function trial(bug: Bug, policy: Policy, shared: readonly Reason[], context: RuleContext): Trial {
  const own = evaluate([...policy.criteria, ...policy.guards], bug, context, policy.name);
  const all = [...shared, ...own];
  const outcome = (verdict: Verdict, deciding: readonly Reason[], decides = false): Trial => ({
    policy: policy.name,
    verdict,
    decides,
    own,
    deciding,
  });

  const against = all.filter(({ kind, outcome }) => outcome === KEEPS[kind]);
  if (against.length > 0) return outcome('keep', against);
  const unknown = all.filter(({ kind, outcome }) => outcome !== CLEARS[kind]);
  const ofTarget = unknown.filter(({ rule }) => rule === 'target');
  const doubts = new Set([...ofTarget, ...impediments(bug, policy), ...unknown]);
  if (doubts.size > 0) return outcome('undecided', [...doubts]);

  const grounds = own.filter(({ kind }) => kind === 'criterion');
  const { verdict, reason } = warned(bug, policy, context.now);
  return outcome(verdict, [...(reason ? [reason] : []), ...grounds, ...closing(bug, policy, verdict)], true);
}

function evaluate(rules: readonly BoundRule[], bug: Bug, context: RuleContext, policy: string | null): Reason[] {
  return rules.map((rule) => {
    const { outcome, message, data } = rule.check(bug, context);
    return onceSaid(rule, { rule: rule.id, kind: rule.kind, policy, outcome, message, data });
  });
}

/** What each rule said last. */
const said = new WeakMap<BoundRule, Reason>();

/** Of most bugs most rules say the same, word for word. Said once for all of them, it takes a quarter less memory for a large report. */
function onceSaid(rule: BoundRule, reason: Reason): Reason {
  const last = said.get(rule);
  if (last && isSame(last, reason)) return last;
  said.set(rule, reason);
  return reason;
}

function isSame(one: Reason, other: Reason): boolean {
  const isSaid = one.message === other.message && one.outcome === other.outcome && one.policy === other.policy;
  return isSaid && JSON.stringify(one.data) === JSON.stringify(other.data);
}

function closedAlready({ state, status }: Bug): Reason[] {
  if (state === 'open') return [];
  return [
    { rule: 'open', kind: 'criterion', policy: null, outcome: 'no-match', message: `closed already (${status})`, data: {} },
  ];
}

function remarks(bug: Bug): Reason[] {
  return bug.remarks.map((message) => ({ rule: 'remark', kind: 'guard', policy: null, outcome: 'no-match', message, data: {} }));
}

/** Where the tracker leaves a choice, a reviewer wants to know how a bug will be closed. */
function closing(bug: Bug, policy: Policy, verdict: Verdict): Reason[] {
  if (bug.closing === null || verdict !== 'close') return [];
  return [{ rule: 'closing', kind: 'criterion', policy: policy.name, outcome: 'match', message: bug.closing, data: {} }];
}

/** What stands between a proposal and the deed although no rule objects: a history read in part, a bug that we cannot close. */
function impediments(bug: Bug, policy: Policy): Reason[] {
  const found: Reason[] = [];
  const add = (rule: string, message: string) =>
    found.push({ rule, kind: 'guard', policy: policy.name, outcome: 'unknown', message, data: {} });
  if (bug.history === 'partial') add('history', 'its history could not be read completely');
  if (bug.history === 'unread') add('history', 'its history was not read');
  if (bug.obstacle !== null) add('obstacle', bug.obstacle);
  return found;
}

/** A warning must have been delivered, have aged, and have found no answer by a person; a later one starts anew. */
function warned(bug: Bug, policy: Policy, now: Instant): { verdict: Verdict; reason?: Reason } {
  if (policy.warn === null) return { verdict: 'close' };
  const words = durationInWords(policy.warn);
  const reason = (outcome: Outcome, message: string, data: Finding['data'] = {}): Reason => ({
    rule: 'warned',
    kind: 'criterion',
    policy: policy.name,
    outcome,
    message,
    data,
  });
  const warning = standingMark(bug, 'warn');
  const answered = warning !== undefined && (lastHumanActivity(bug) ?? '') >= warning.at;
  if (!warning || answered || warning.mark?.policy !== policy.name) {
    const closesOn = add(now, policy.warn).slice(0, 10);
    return { verdict: 'warn', reason: reason('match', `to be warned first, and closed ${words} later`, { closesOn }) };
  }
  const data = { since: warning.at, closesOn: add(warning.at, policy.warn).slice(0, 10) };
  return hasPassed(policy.warn, warning.at, now)
    ? { verdict: 'close', reason: reason('match', `warned on ${warning.at.slice(0, 10)} without an answer`, data) }
    : { verdict: 'keep', reason: reason('no-match', `warned on ${warning.at.slice(0, 10)}, less than ${words} ago`, data) };
}

/** Severe means protected by its priority; what is treated as untargeted is untargeted here too. */
function needsAttention(targetClass: TargetClass, target: Reason, reasons: readonly Reason[], treat: Treatment): boolean {
  if ((targetClass === 'slipped' || targetClass === 'parked') && treat[targetClass] === 'attention') return true;
  const severe = reasons.some(({ rule, kind, outcome }) => rule === 'priorities' && kind === 'guard' && outcome === 'match');
  return target.outcome === 'match' && severe;
}
