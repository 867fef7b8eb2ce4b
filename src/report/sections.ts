import { groupsBy } from '../model/groups.js';
import { daysBetween } from '../model/instant.js';
import { type ActionResult, isProposal, type Report, type ReportBug } from './document.js';
import { snoozeInWords } from './snooze.js';

/** A part of a report that people read: what stands in it and under which heading. `trouble`: what a prune left undone. */
export interface Section {
  readonly kind: 'close' | 'warn' | 'snooze' | 'trouble' | 'attention' | 'undecided';
  readonly heading: string;
  readonly bugs: readonly ReportBug[];
  /** A few stand for all: there is nothing to say about each. */
  readonly brief?: boolean;
}

/** What people want to see of a report, in this order; bugs that are simply kept are only counted. */
export function sectionsOf({ mode, bugs }: Report): Section[] {
  const attention = bugs.filter((bug) => bug.attention && !isSnoozed(bug));
  const undecided = bugs.filter(({ verdict }) => verdict === 'undecided');
  return [
    ...(mode === 'prune'
      ? outcomes(bugs)
      : [
          ...proposals(bugs, 'close', 'Would close'),
          ...proposals(bugs, 'warn', 'Would warn'),
          ...section('snooze', 'Would snooze', bugs.filter(isSnoozed)),
        ]),
    ...section('attention', 'Needs attention', attention),
    ...section('undecided', 'Undecided, therefore kept', undecided),
  ];
}

function section(kind: Section['kind'], heading: string, bugs: readonly ReportBug[], brief = false): Section[] {
  return bugs.length > 0 ? [{ kind, heading, bugs: oldestFirst(bugs), ...(brief && { brief }) }] : [];
}

/** What a dry run proposes, one section for each tracker and policy. */
function proposals(bugs: readonly ReportBug[], verdict: 'close' | 'warn', word: string): Section[] {
  const proposed = bugs.filter((bug) => bug.verdict === verdict);
  const groups = groupsBy(proposed, ({ tracker, policy }) => `${tracker} · ${policy ?? ''}`);
  return [...groups].flatMap(([key, members]) => section(verdict, `${word} · ${key}`, members));
}

type Status = ActionResult['status'] | 'not-reached';

const STATUSES: Record<Status, { kind: Section['kind']; heading: string; words: string }> = {
  closed: { kind: 'close', heading: 'Closed', words: 'closed' },
  warned: { kind: 'warn', heading: 'Warned', words: 'warned' },
  snoozed: { kind: 'snooze', heading: 'Snoozed', words: 'snoozed' },
  'already-closed': { kind: 'close', heading: 'Closed already', words: 'closed already' },
  skipped: { kind: 'trouble', heading: 'Skipped', words: 'skipped' },
  failed: { kind: 'trouble', heading: 'Failed', words: 'failed' },
  'not-reached': { kind: 'trouble', heading: 'Left for the next run', words: 'left for the next run' },
};

/** What became of the proposals of a prune. */
function outcomes(bugs: readonly ReportBug[]): Section[] {
  return [...byStatus(bugs)].flatMap(([status, members]) =>
    section(STATUSES[status].kind, STATUSES[status].heading, members, status === 'not-reached'),
  );
}

function byStatus(bugs: readonly ReportBug[]): Map<Status, ReportBug[]> {
  const groups = new Map((Object.keys(STATUSES) as Status[]).map((status) => [status, [] as ReportBug[]]));
  for (const bug of bugs.filter(isProposal)) groups.get(bug.result?.status ?? 'not-reached')?.push(bug);
  return groups;
}

/** Whether a reviewer wants it left alone. */
const isSnoozed = ({ snooze }: ReportBug): boolean => snooze !== undefined;

/** The bugs by how long they have had no target, where that is known, else by age. */
export function oldestFirst(bugs: readonly ReportBug[]): ReportBug[] {
  const key = (bug: ReportBug) => bug.untargetedSince ?? bug.createdAt;
  return bugs.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** `412 d`: how long ago, in a narrow column. */
export function ago(at: string | null, report: Report): string {
  return at === null ? 'never' : `${daysBetween(at, report.generatedAt)} d`;
}

/** Why it is in a section of that kind, in one line: what became of it, else what decided, without what merely went along. */
export function why(bug: ReportBug, kind: Section['kind']): string {
  if (kind === 'snooze' && bug.snooze !== undefined) {
    return `${snoozeInWords(bug.snooze)}${bug.result ? ` (${bug.result.detail})` : ''}`;
  }
  if (bug.result) return bug.result.detail;
  // Interrupted before, or more than the limits allow at once: true of both.
  if (kind === 'trouble') return 'its turn did not come';
  return deciding(bug).join('; ') || (bug.reasons[0]?.message ?? '');
}

/** What the ages of a proposed bug do not tell: what else decided, how it would be closed, or how it was. */
export function besidesAges(bug: ReportBug): string[] {
  if (bug.result) return bug.result.status === 'closed' ? [bug.result.detail] : [];
  return deciding(bug, new Set(['untargetedFor', 'idleFor']));
}

function deciding(bug: ReportBug, but: ReadonlySet<string> = new Set()): string[] {
  const found = bug.reasons.filter((reason) => decides(reason, bug) && !but.has(reason.rule));
  // What keeps a bug whatever the policy says more than what keeps it from one of them.
  const always = found.filter(({ policy }) => bug.verdict === 'keep' && policy === null);
  return [...new Set((always.length > 0 ? always : found).map(({ message }) => message))];
}

function decides({ kind, outcome, rule, policy }: ReportBug['reasons'][number], bug: ReportBug): boolean {
  if (bug.verdict === 'undecided') return outcome === 'unknown' && (rule === 'history' || !followsFromHistory(rule, bug));
  if (bug.verdict === 'keep') return outcome === (kind === 'criterion' ? 'no-match' : 'match');
  return kind === 'criterion' && outcome === 'match' && rule !== 'target' && (policy === null || policy === bug.policy);
}

/** These ask a history; where it could not be read, saying so once is enough. */
const ASKS_HISTORY = new Set(['reopened', 'snoozed', 'warned', 'untargetedFor', 'idleFor']);

function followsFromHistory(rule: string, { reasons }: ReportBug): boolean {
  return ASKS_HISTORY.has(rule) && reasons.some((reason) => reason.rule === 'history' && reason.outcome === 'unknown');
}

/** `300 open bugs: 128 would be closed (limit 25), 163 kept, …`, with nothing in it that is zero but the first. */
export function summaryLine(report: Report): string {
  const { summary, trackers } = report;
  const need = summary.attention === 1 ? 'needs' : 'need';
  const attention = summary.attention > 0 ? ` (${summary.attention} of them ${need} attention)` : '';
  const counts = [...deeds(report), [simplyKept(report), `kept${attention}`] as const, [summary.undecided, 'undecided'] as const];
  const shown = counts.filter(([count], index) => count > 0 || index === 0).map(([count, words]) => `${count} ${words}`);
  const least = trackers.every(({ complete }) => complete) ? '' : 'at least ';
  return `${least}${summary.open} open bug${summary.open === 1 ? '' : 's'}: ${shown.join(', ')}`.replace(/^a/, 'A');
}

/** How many bugs are kept without being snoozed, which is told apart. */
export function simplyKept({ summary, bugs }: Report): number {
  return summary.keep - bugs.filter(isSnoozed).length;
}

function deeds({ mode, summary, limits, bugs }: Report): (readonly [number, string])[] {
  if (mode === 'prune') return [...byStatus(bugs)].map(([status, { length }]) => [length, STATUSES[status].words] as const);
  const limit = (count: number, most: number | undefined) => (count > 0 && most !== undefined ? ` (limit ${most})` : '');
  return [
    [summary.close, `would be closed${limit(summary.close, limits?.closes)}`],
    [summary.warn, `would be warned${limit(summary.warn, limits?.warnings)}`],
    [bugs.filter(isSnoozed).length, 'would be snoozed'],
  ];
}
