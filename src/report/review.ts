import { count, enumerate } from '../model/phrases.js';
import { pad, wrap } from './columns.js';
import { actionOf, commentOf, isProposal, type Report, type ReportBug, summarize } from './document.js';
import { forTerminal } from './escape.js';
import type { RenderOptions } from './format.js';
import { ago, why } from './sections.js';
import { snoozeInWords } from './snooze.js';

/** What somebody decided about a proposal; `until` as the `snooze` of a report has it. */
export type Choice =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'snooze'; readonly until: string };

/** What was decided so far, by proposal. */
export type Choices = ReadonlyMap<ReportBug, Choice>;

/** The report with the choices in it, as if they had been edited in, and the proposals that are left of those that were gone through. */
export function withChoices(
  report: Report,
  proposals: readonly ReportBug[],
  choices: Choices,
): { readonly report: Report; readonly proposals: ReportBug[] } {
  const decided = new Map([...choices].map(([bug, choice]) => [bug, asChosen(bug, choice)]));
  const bugs = report.bugs.map((bug) => decided.get(bug) ?? bug);
  return {
    report: { ...report, bugs, summary: { ...summarize(bugs), open: report.summary.open } },
    proposals: proposals.flatMap((bug) => (isToBeDone(choices.get(bug)) ? (decided.get(bug) ?? []) : [])),
  };
}

function asChosen(bug: ReportBug, choice: Choice): ReportBug {
  if (choice.kind === 'agreed') return bug;
  const { snooze: _, ...kept } = bug;
  return { ...kept, verdict: 'keep', ...(choice.kind === 'snooze' ? { snooze: choice.until } : {}) };
}

const isToBeDone = (choice: Choice | undefined): boolean => choice !== undefined && choice.kind !== 'keep';

/** `close 12, keep 9, snooze 4`: what was decided so far; `nothing` before that. */
export function tally(choices: Choices): string {
  const words = [...choices].map(([bug, { kind }]) => (kind === 'agreed' ? actionOf(bug) : kind));
  const counts = (['close', 'warn', 'keep', 'snooze'] as const).map(
    (word) => [word, words.filter((one) => one === word).length] as const,
  );
  const shown = counts.filter(([, number]) => number > 0).map(([word, number]) => `${word} ${number}`);
  return shown.join(', ') || 'nothing';
}

/** What a prune would do with a bug: `close`, `warn`, `snooze until 2027-03-01`; `keep` where that is nothing. */
export function deedInWords(bug: ReportBug): string {
  if (bug.snooze !== undefined) return `snooze ${snoozeInWords(bug.snooze)}`;
  return isProposal(bug) ? actionOf(bug) : 'keep';
}

/** The same after a choice. */
export function choiceInWords(bug: ReportBug, choice: Choice): string {
  return deedInWords(asChosen(bug, choice));
}

/** The comments that some proposals would get, one for each thing that is done, by the example of the first bug. */
export function commentsOn(proposals: readonly ReportBug[]): string {
  const groups = (['close', 'warn', 'snooze'] as const).map((action) => proposals.filter((bug) => actionOf(bug) === action));
  const texts = groups.flatMap(([bug, ...others]) => {
    if (!bug) return [];
    const more = others.length > 0 ? ` (and ${others.length} more like it)` : '';
    return [`The comment on ${bug.ref}${more}:\n\n${commentOf(bug)}`];
  });
  return texts.join('\n\n');
}

/** `Close 12 and snooze 4 of 300 open bugs, each with a comment`: what is asked before anything is done. */
export function question(proposals: readonly ReportBug[], { summary }: Report): string {
  const deeds = (['close', 'warn', 'snooze'] as const).map(
    (action) => [action, proposals.filter((bug) => actionOf(bug) === action).length] as const,
  );
  const words = enumerate(deeds.filter(([, number]) => number > 0).map(([action, number]) => `${action} ${number}`));
  const comments = proposals.length === 1 ? 'with a comment' : 'each with a comment';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} of ${count(summary.open, 'open bug')}, ${comments}`;
}

type Looks = Pick<RenderOptions, 'width' | 'palette'>;

/** Where somebody stands who goes through proposals; `index` counts from 0. */
export interface Position {
  readonly index: number;
  readonly total: number;
  readonly choices: Choices;
}

/** One proposal, to be decided about: what it is, how old, why it is proposed, how many people care. */
export function proposalScreen(
  bug: ReportBug,
  { index, total, choices }: Position,
  report: Report,
  { palette, width }: Looks,
): string {
  const so = choices.size > 0 ? ` · so far: ${tally(choices)}` : '';
  const [title = '', ...more] = wrap(forTerminal(`${bug.ref}  ${bug.title || '(confidential)'}`), width);
  return [
    '',
    palette.dim(`${index + 1} of ${total}${so}`),
    ...[title, ...wrap(more.join(' '), width - 2).map((line) => `  ${line}`)].map((line) => palette.bold(line)),
    palette.dim(forTerminal(bug.url)),
    ...facts(bug, report).flatMap(([label, text]) => field(label, text, width)),
    '',
  ].join('\n');
}

function facts(bug: ReportBug, report: Report): [label: string, text: string][] {
  const { createdAt, untargetedSince, lastHumanActivityAt, engagement, priority, assignees } = bug;
  const ages = [
    `reported ${ago(createdAt, report)} ago`,
    ...(untargetedSince === null ? [] : [`no target for ${ago(untargetedSince, report)}`]),
    lastHumanActivityAt === null ? 'no person ever acted' : `idle for ${ago(lastHumanActivityAt, report)}`,
  ];
  const remarks = bug.reasons.filter(({ rule }) => rule === 'remark').map(({ message }) => message);
  const all: [string, string][] = [
    ['age', ages.join(' · ')],
    ['why', why(bug, 'close')],
    ['interest', engagement === null ? 'not known' : `${engagement} (votes, and comments by people)`],
    ['priority', priority ?? ''],
    ['assigned', assignees.join(', ')],
    ['note', remarks.join('; ')],
  ];
  return all.filter(([, text]) => text !== '');
}

const LABEL = 10;

function field(label: string, text: string, width: number): string[] {
  const lines = wrap(forTerminal(text), Math.max(20, width - LABEL - 2));
  return lines.map((line, index) => `  ${pad(index === 0 ? label : '', LABEL)}${line}`);
}
