import { foldName } from './text.js';

// What people call things, as far as a name gives it away. Good enough for proposals that somebody looks at; nothing is judged by it.

/** How well a name fits: `plain` says just that, `perhaps` says it and more. */
export type Fit = 'plain' | 'perhaps' | 'no';

const BUG =
  list(`bug, bugs, defect, defects, fault, faults, error, erro, fehler, defekt, anomalie, bogue, fallo, defecto, hata, błąd,
  баг, ошибка, дефект, 缺陷, 故障, バグ, 不具合, 버그, 결함`);

/** Not the word itself, and hardly anything else. */
const LIKE_BUG = list('regression, regressions, crash, crashes');

/** With one of these it is about something else: `not a bug`, `bug fix`, `bug bounty`. */
const NO_BUG = list('not, no, non, never, fix, fixed, fixes, bounty, debug, hunt, template');

/** What stands before a name to say what kind of name it is: `kind/bug`, `T-Defect`. */
const KIND = list('kind, type, typ, tipo, category, cat, class, issue, issuetype, c, k, t');

/** Whether a label or an issue type of this name makes a bug. */
export function bugFit(name: string): Fit {
  const words = without(KIND, name);
  if (words.some((word) => NO_BUG.has(word))) return 'no';
  if (words.length > 0 && words.every((word) => BUG.has(word))) return 'plain';
  return words.some((word) => BUG.has(word) || LIKE_BUG.has(word)) ? 'perhaps' : 'no';
}

const PARKED =
  list(`backlog, future, icebox, ice box, someday, some day, later, unscheduled, unplanned, undecided, deferred, postponed,
  parked, parking lot, no milestone, no release, no target, not planned, wishlist, wish list, nice to have, long term, blue sky,
  to be determined, to be decided, tbd, triage, eventually, maybe, zukunft, später, futur, plus tard, futuro, más adelante, будущее,
  бэклог, 未来, 以后, 待定, 将来, バックログ, 백로그`);

/** Whether a milestone or a version of this name sounds as if it promised nothing: `Backlog`, `Future release`. */
export function soundsParked(name: string): boolean {
  const said = ` ${wordsOf(name).join(' ')} `;
  return [...PARKED].some((phrase) => said.includes(` ${phrase} `));
}

const STATE = list('status, state, stage, workflow, s');

const IN_PROGRESS =
  list(`in progress, inprogress, work in progress, wip, doing, in development, in dev, under development, in review,
  under review, being worked on, started, in arbeit, en cours, 进行中, 進行中, 作業中`);

/** Whether a label of this name says that somebody works on it: `status: in progress`. */
export function soundsInProgress(name: string): boolean {
  return IN_PROGRESS.has(without(STATE, name).join(' '));
}

/** The severest priorities, by the names that Jira gives them. */
export type Severity = 'Blocker' | 'Critical' | 'Highest';

const SEVERE: ReadonlyMap<string, Severity> = new Map([
  ...[...list('blocker, blocking, showstopper')].map((word) => [word, 'Blocker'] as const),
  ...[...list('critical, urgent, severe, emergency, kritisch, critique, crítico, критический, 严重, 紧急, 緊急')].map(
    (word) => [word, 'Critical'] as const,
  ),
  ...[...list('highest, höchste, 最高')].map((word) => [word, 'Highest'] as const),
]);

const PRIORITY = list('priority, prio, pri, severity, sev, importance, impact, level, p, s, release, issue, bug');
const NUMBERED = /^(?:(?:priority|prio|pri|severity|sev|p|s) [ps]?|prio|pri|sev|p|s)([0-4])(?: |$)/;

/** The severest of some priorities, or of labels that stand for one. Of numbered ones that is the first there is: P0, else P1. */
export function severest(names: readonly string[]): { readonly name: string; readonly severity: Severity }[] {
  const first = Math.min(...names.map(numberOf));
  return names.flatMap((name) => {
    const severity = first <= 1 && numberOf(name) === first ? 'Blocker' : severityOf(name);
    return severity ? [{ name, severity }] : [];
  });
}

/** The number in `P0`, `priority/p1`, `sev 2`; infinite where there is none. */
function numberOf(name: string): number {
  const number = NUMBERED.exec(wordsOf(name).join(' '))?.[1];
  return number === undefined ? Number.POSITIVE_INFINITY : Number(number);
}

/** The severest of its words, where it has no others: `1 - critical/urgent`, but not `critical path`. */
function severityOf(name: string): Severity | null {
  const words = without(PRIORITY, name).filter((word) => !/^[ps]?\d$/.test(word));
  const found = words.map((word) => SEVERE.get(word));
  if (found.length === 0 || found.includes(undefined)) return null;
  return (['Blocker', 'Critical', 'Highest'] as const).find((one) => found.includes(one)) ?? null;
}

/** `kind/bug` is kind, bug. Emoji and punctuation say nothing. */
function wordsOf(name: string): string[] {
  return foldName(name).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function without(prefixes: ReadonlySet<string>, name: string): string[] {
  return wordsOf(name).filter((word) => !prefixes.has(word));
}

function list(phrases: string): ReadonlySet<string> {
  return new Set(phrases.split(',').map((phrase) => phrase.trim()));
}
