import { hanging, pad, truncate, widthOf, wrap } from '../columns.js';
import { forTerminal, linesForTerminal } from '../escape.js';
import type { RenderOptions } from '../format.js';
import type { Cause, Explanation, RuleRow } from './document.js';
import { type Listed, outlook, whatItTakes } from './words.js';

const VERDICTS = {
  close: 'would be closed',
  warn: 'would be warned',
  keep: 'is kept',
  undecided: 'is kept, because it could not be decided',
} as const;

type Looks = Pick<RenderOptions, 'width' | 'palette'>;

/** Everything that was found out about one bug, for a terminal. */
export function explanation(told: Explanation, looks: Looks): string {
  const { palette, width } = looks;
  const { comment } = told.bug;
  const blocks = [
    heading(told, looks),
    clocks(told, looks),
    ...rules(told, looks),
    ...whatItTakes(told).map((one) => listed(one, looks)),
    ...outlook(told).map((sentence) => wrap(forTerminal(sentence), width).join('\n')),
    events(told, looks),
    ...(comment === null ? [] : [`${palette.bold('The comment that would be posted')}\n${linesForTerminal(comment)}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function heading({ bug, state }: Explanation, { palette, width }: Looks): string {
  const policy = bug.policy === null ? '' : ` by policy "${bug.policy}"`;
  const verdict = state === 'closed' ? 'is closed already' : VERDICTS[bug.verdict];
  const what = forTerminal(`${bug.ref} ${verdict}${policy}${bug.attention ? ', and needs attention' : ''}`);
  return [
    ...wrap(what, width).map((line) => palette.bold(line)),
    ...wrap(forTerminal(bug.title || '(confidential)'), width),
    // To be clicked or copied, so never broken.
    palette.dim(palette.link(forTerminal(bug.url), bug.url)),
  ].join('\n');
}

/** Columns of the names of clocks. */
const CLOCK = 21;

function clocks({ clocks: all, bug, history }: Explanation, { width }: Looks): string {
  const { reported, untargetedSince, lastHumanActivity, reopened, warned } = all;
  const unknown = history === 'complete' ? 'never' : 'not known';
  const answered = warned?.answeredAt ? `, answered ${warned.answeredAt}` : '';
  const rows: [label: string, text: string][] = [
    ['reported', moved(reported)],
    ['no target since', untargetedSince ? moved(untargetedSince) : noSuchClock(bug)],
    ['last human activity', lastHumanActivity ? moved(lastHumanActivity) : unknown],
    ...(reopened ? [['reopened after us', moved(reopened)] as [string, string]] : []),
    ...(warned ? [['warned', `${warned.at}  by policy "${warned.policy}"${answered}`] as [string, string]] : []),
  ];
  return rows.map(([label, text]) => hanging(pad(label, CLOCK), forTerminal(text), width)).join('\n');
}

function noSuchClock({ target }: Explanation['bug']): string {
  return target.class === 'untargeted' || target.class === 'unknown' ? 'not known' : `is ${target.class}`;
}

/** When, what, and who. */
function moved({ at, because, by, value }: Cause): string {
  if (because === 'vanished') return `${at}  a target is gone without a trace; the last change counts`;
  const what = [because === 'reported' ? '' : because, value ?? '', by === null ? '' : `by ${by}`];
  return [at, what.filter(Boolean).join(' ')].filter(Boolean).join('  ');
}

/** Columns in which no threshold is cut but a list. */
const LEAST_LABEL = 24;

const ALONE = { close: 'closes it', warn: 'warns it', keep: 'keeps it', undecided: 'cannot decide' } as const;

/** Every rule with its threshold and what it found; those that keep the bug stand out. */
function rules({ rules: shared, policies }: Explanation, looks: Looks): string[] {
  const groups = [
    { title: 'Under every policy', rows: shared },
    ...policies.map(({ name, verdict, rules: rows }) => ({ title: `Policy "${name}" ${ALONE[verdict]}`, rows })),
  ];
  const widest = Math.max(...groups.flatMap(({ rows }) => rows.map((row) => widthOf(labelOf(row)))));
  const column = Math.min(widest, Math.max(LEAST_LABEL, Math.floor(looks.width / 3)));
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) =>
      [looks.palette.bold(forTerminal(title)), ...rows.map((row) => ruleLine(row, column, looks))].join('\n'),
    );
}

const OUTCOMES = { criterion: { match: 'yes', 'no-match': 'no' }, guard: { match: 'protects', 'no-match': 'no' } } as const;

/** Of these it is not asked whether they hold. */
const NOTES = new Set(['remark', 'closing']);

function ruleLine(row: RuleRow, column: number, { width, palette }: Looks): string {
  const { kind, rule, outcome, keeps, message } = row;
  const word = outcome === 'unknown' ? 'unknown' : NOTES.has(rule) ? 'note' : OUTCOMES[kind][outcome];
  const label = `  ${pad(truncate(labelOf(row), column), column)}  ${pad(word, 8)}  `;
  const paint = outcome === 'unknown' ? palette.red : keeps ? palette.yellow : palette.dim;
  return hanging(label, forTerminal(message), width, paint);
}

/** As it stands in the configuration: `when untargetedFor: 6w`, `keep labels: pinned, security`. */
function labelOf({ rule, kind, threshold }: RuleRow): string {
  if (threshold === null || rule === 'warned') return forTerminal(rule === 'warned' ? `warn: ${threshold}` : rule);
  const asked = Array.isArray(threshold)
    ? threshold.join(', ')
    : typeof threshold === 'object'
      ? JSON.stringify(threshold)
      : threshold;
  return forTerminal(`${kind === 'criterion' ? 'when' : 'keep'} ${rule}: ${asked}`);
}

function listed({ title, lines, end }: Listed, { width, palette }: Looks): string {
  return [
    palette.bold(truncate(forTerminal(title), width)),
    ...lines.map((line) => hanging('  - ', forTerminal(line), width)),
    ...(end === null ? [] : [hanging('  ', forTerminal(end), width)]),
  ].join('\n');
}

/** The newest events of a bug that are shown; the JSON has all of them. */
const MOST_EVENTS = 15;

const COUNTS = { person: 'a person', bugprune: 'bugprune', no: 'does not count' } as const;

function events({ events: all }: Explanation, { width, palette }: Looks): string {
  const shown = all.slice(-MOST_EVENTS).map(({ at, kind, counts, actor, value }) => {
    // Of a confidential bug it is not told who it was.
    const who = actor === undefined ? '' : `${actor?.name ?? 'somebody'}: `;
    const what = `${who}${kind}${value ? ` ${value}` : ''}`;
    return truncate(forTerminal(`  ${at}  ${pad(COUNTS[counts], 14)}  ${what}`), width);
  });
  const earlier = all.length - shown.length;
  const title = palette.bold(earlier > 0 ? `What happened (${earlier} earlier events are in --json)` : 'What happened');
  return shown.length > 0 ? `${title}\n${shown.join('\n')}` : `${title}\n  nothing since it was reported`;
}
