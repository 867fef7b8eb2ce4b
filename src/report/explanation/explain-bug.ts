import type { Bug, BugEvent } from '../../model/bug.js';
import { type Cause, causeOfActivity, causeOfUntargeted, lastReopening, standingWarning } from '../../model/causes.js';
import { formatDuration, parseDuration } from '../../model/duration.js';
import { isHumanActivity, isOurs } from '../../model/history.js';
import type { Instant } from '../../model/instant.js';
import { conditions, optionsOf, rescues } from '../../rules/changes.js';
import { CLEARS, judge, type Policy, type Reason, type Ruleset } from '../../rules/judge.js';
import { nextProposal } from '../../rules/next-proposal.js';
import type { ReportBug } from '../document.js';
import { CLOCKS, concealed, reportEntry } from '../entry.js';
import type { Explanation, PolicyRow, RuleRow } from './document.js';

/** Everything there is to say about one bug by one set of rules. Of a confidential one, nothing that somebody wrote into it. */
export function explainBug(bug: Bug, rules: Ruleset, now: Instant): Explanation {
  const judgement = judge(bug, rules, now);
  const entry = reportEntry(bug, judgement, rules, now);
  return {
    version: 1,
    kind: 'explanation',
    generatedAt: now,
    bug: entry,
    state: bug.state,
    history: bug.history,
    clocks: clocksOf(bug, entry),
    rules: judgement.reasons.filter(({ policy }) => policy === null).map((reason) => ruleRow(reason, bug, rules)),
    policies: rules.policies.map((policy) => policyRow(policy, bug, rules, now)),
    next: nextProposal(bug, rules, now),
    keptBy: distinct(rescues(bug, rules, now).map((rescue) => inPublic(rescue, bug))),
    events: bug.events.map((event) => eventRow(event, bug)),
  };
}

function policyRow(policy: Policy, bug: Bug, rules: Ruleset, now: Instant): PolicyRow {
  const alone: Ruleset = { ...rules, policies: [policy] };
  const { verdict, reasons } = judge(bug, alone, now);
  const { all, proposal } = conditions(bug, alone, now);
  return {
    name: policy.name,
    verdict,
    warn: policy.warn && formatDuration(policy.warn),
    rules: reasons.filter((reason) => reason.policy !== null).map((reason) => ruleRow(reason, bug, alone)),
    takes: distinct(all.map((condition) => inPublic(condition, bug))),
    proposal,
  };
}

function ruleRow(reason: Reason, bug: Bug, rules: Ruleset): RuleRow {
  const { rule, kind, outcome, message, data } = bug.confidential ? concealed(reason) : reason;
  return { rule, kind, threshold: threshold(reason, rules), outcome, keeps: outcome !== CLEARS[kind], message, data };
}

/** What is asked for, as it stands in the configuration; null for what is always asked. */
function threshold(reason: Reason, rules: Ruleset): unknown {
  if (reason.rule === 'warned') {
    const warn = rules.policies.find(({ name }) => name === reason.policy)?.warn;
    return warn ? formatDuration(warn) : null;
  }
  const options = optionsOf(reason, rules);
  if (typeof options !== 'object' || options === null || !('count' in options) || !('unit' in options)) return options ?? null;
  const text = `${options.count}${options.unit}`;
  return parseDuration(text) ? text : options;
}

/** Those that the report knows, and what set them going. */
function clocksOf(bug: Bug, { untargetedSince, lastHumanActivityAt }: ReportBug): Explanation['clocks'] {
  const warning = standingWarning(bug);
  const row = (cause: Cause | null) => cause && causeRow(cause, bug);
  return {
    reported: causeRow({ at: bug.createdAt, because: 'reported', event: null }, bug),
    untargetedSince: untargetedSince === null ? null : row(causeOfUntargeted(bug)),
    lastHumanActivity: lastHumanActivityAt === null ? null : row(causeOfActivity(bug)),
    reopened: row(lastReopening(bug)),
    warned: warning && {
      ...causeRow({ at: warning.event.at, because: warning.event.kind, event: warning.event }, bug),
      policy: warning.event.mark?.policy ?? '',
      answeredAt: warning.answeredAt,
    },
  };
}

function causeRow({ at, because, event }: Cause, { author, confidential }: Bug): Explanation['clocks']['reported'] {
  const actor = because === 'reported' ? author : (event?.actor ?? null);
  return { at, because, by: confidential ? null : (actor?.name ?? null), value: confidential ? null : (event?.value ?? null) };
}

function eventRow(event: BugEvent, { confidential }: Bug): Explanation['events'][number] {
  const counts = isOurs(event) ? 'bugprune' : isHumanActivity(event) ? 'person' : 'no';
  return confidential ? { at: event.at, kind: event.kind, counts } : { ...event, counts };
}

/** The words may name labels, people and targets. */
function inPublic<Row extends { readonly rule: string; readonly words: string }>(row: Row, { confidential }: Bug): Row {
  if (!confidential || CLOCKS.has(row.rule)) return row;
  return { ...row, words: `the rule "${row.rule}" finds otherwise (not shown: the bug is confidential)` };
}

/** Each only once. */
function distinct<Row extends { readonly words: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.words, row])).values()];
}
