import type { Bug } from '../model/bug.js';
import { type Instant, latest } from '../model/instant.js';
import { CLEARS, judge, type Reason, type Ruleset, type Verdict } from './judge.js';
import { firstTime, nextProposal, type Proposal } from './next-proposal.js';
import { proposes } from './steady.js';
import { type Change, TURNS } from './turns.js';

/** Something that people can do and that would keep a bug which is about to be closed or warned. */
export interface Rescue {
  readonly rule: string;
  readonly words: string;
  /** What the verdict would be. */
  readonly verdict: Verdict;
  /** Until when that would help if nothing else happens; null for as long as it stays so. */
  readonly until: Instant | null;
}

/** What it would take for a policy to propose something about a bug that it keeps: all of it. */
export interface Condition {
  readonly rule: string;
  readonly words: string;
}

/** See {@link Condition}; `proposal` is what comes of it if nothing else happens, null where nothing that people do is enough. */
export interface Conditions {
  readonly all: readonly Condition[];
  readonly proposal: Proposal | null;
}

const MILDNESS: Readonly<Record<Verdict, number>> = { close: 0, warn: 1, undecided: 2, keep: 3 };

/** What would keep a bug that is proposed, each by itself. All of it was tried on the judge: what would not help is left out. */
export function rescues(bug: Bug, rules: Ruleset, now: Instant): Rescue[] {
  const { verdict, reasons, policy } = judge(bug, rules, now);
  if (verdict !== 'close' && verdict !== 'warn') return [];
  const concerned = reasons.filter((reason) => reason.policy === null || reason.policy === policy);
  const first = concerned.filter(({ rule }) => rule === 'target');
  return [...new Set([...first, ...concerned])].flatMap((reason): Rescue[] => {
    const change = TURNS[`${reason.kind} ${reason.rule}`]?.keep?.(bug, optionsOf(reason, rules), now);
    if (!change?.to) return [];
    const after = judge(change.to, rules, now);
    if (MILDNESS[after.verdict] <= MILDNESS[verdict]) return [];
    const until = proposes(after) ? null : (nextProposal(change.to, rules, now)?.at ?? null);
    return [{ rule: reason.rule, words: change.words, verdict: after.verdict, until }];
  });
}

/** What it would take for a policy, the only one among the rules, to propose something. Nothing for one that does already. */
export function conditions(bug: Bug, only: Ruleset, now: Instant): Conditions {
  const { found, after } = freed(bug, only, now, []);
  if (after === null) return { all: found, proposal: null };
  const waits = against(after, only, now).map((reason) => ({ reason, until: freeFrom(reason, after, only, now) ?? now }));
  const proposal = nextProposal(after, only, now);
  // Some doubts come up only when nothing else keeps the bug.
  const late = latest(now, ...waits.map(({ until }) => until)) ?? now;
  const left =
    proposal === null ? against(after, only, late).map((reason) => asked(reason, released(reason, after, only, now))) : [];
  return { all: [...found, ...waits.map(({ reason, until }) => waiting(reason, until)), ...left], proposal };
}

const asked = ({ rule }: Reason, { words }: Change): Condition => ({ rule, words });

/** The bug without what no time takes away, and what people must do to that end; null where they cannot. */
function freed(bug: Bug, only: Ruleset, now: Instant, before: readonly Reason[]): { found: Condition[]; after: Bug | null } {
  const lasting = against(bug, only, now).filter((reason) => freeFrom(reason, bug, only, now) === null);
  let after: Bug | null = bug;
  const found: Condition[] = [];
  for (const reason of lasting) {
    const change: Change = released(reason, after ?? bug, only, now);
    found.push(asked(reason, change));
    after = after && change.to;
  }
  if (lasting.length === 0) return { found, after };
  // What is there again after it was dealt with would be for ever.
  if (after === null || lasting.some((reason) => before.some(isSame(reason)))) return { found, after: null };
  const further = freed(after, only, now, [...before, ...lasting]);
  return { found: [...found, ...further.found], after: further.after };
}

function released(reason: Reason, bug: Bug, only: Ruleset, now: Instant): Change {
  if (reason.outcome === 'unknown') return clearedUp(reason, bug);
  const change = TURNS[`${reason.kind} ${reason.rule}`]?.release?.(bug, optionsOf(reason, only), now);
  return change ?? { words: `nothing on the bug changes that: ${reason.message}`, to: null };
}

/** What is not known may come out either way: what would be then can be told only where nothing is hidden. */
function clearedUp({ rule, message }: Reason, bug: Bug): Change {
  if (rule === 'obstacle') return { words: `see to it that bugprune can close it: ${message}`, to: { ...bug, obstacle: null } };
  if (rule === 'target' && bug.targets === 'unplanned')
    return { words: 'plan a release in its project', to: { ...bug, targets: [] } };
  return { words: `clear up: ${message}`, to: null };
}

/** What has to go by, in words. */
function waiting({ rule }: Reason, until: Instant): Condition {
  const day = until.slice(0, '2026-11-22'.length);
  if (rule === 'idleFor' || rule === 'warned') return { rule, words: `no person acts on it until ${day}` };
  return { rule, words: rule === 'untargetedFor' ? `no target release until ${day}` : `wait until ${day}` };
}

/** Everything that keeps the bug by these rules, or may. */
function against(bug: Bug, rules: Ruleset, now: Instant): Reason[] {
  return judge(bug, rules, now).reasons.filter(({ kind, outcome }) => outcome !== CLEARS[kind]);
}

/** When that does not keep the bug any more if nothing happens; null for never. */
function freeFrom(reason: Reason, bug: Bug, rules: Ruleset, now: Instant): Instant | null {
  return firstTime((at) => !against(bug, rules, at).some(isSame(reason)), rules, now);
}

const isSame =
  ({ rule, kind, policy }: Reason) =>
  (other: Reason): boolean =>
    other.rule === rule && other.kind === kind && other.policy === policy;

/** What the rule that gave the reason was told; undefined for what is no rule of the configuration. */
export function optionsOf({ rule, kind, policy }: Pick<Reason, 'rule' | 'kind' | 'policy'>, rules: Ruleset): unknown {
  const own = rules.policies.find(({ name }) => name === policy);
  const bound = own ? [...own.criteria, ...own.guards] : rules.guards;
  return bound.find((one) => one.id === rule && one.kind === kind)?.options;
}
