import type { Bug } from '../model/bug.js';
import { isHumanActivity, isOurs } from '../model/history.js';
import { pad, truncate, widthOf, wrap } from './columns.js';
import type { ReportBug } from './document.js';
import { forTerminal, linesForTerminal } from './escape.js';
import type { RenderOptions } from './format.js';

const VERDICTS = {
  close: 'would be closed',
  warn: 'would be warned',
  keep: 'is kept',
  undecided: 'is kept, because it could not be decided',
} as const;

/** The newest events of a bug that are shown; the JSON has all of them. */
const MOST_EVENTS = 15;

/** Everything that was found out about one bug, for a terminal. */
export function explanation(entry: ReportBug, bug: Bug, options: RenderOptions): string {
  const { palette } = options;
  const policy = entry.policy === null ? '' : ` by policy "${entry.policy}"`;
  const blocks = [
    `${palette.bold(forTerminal(entry.ref))} ${bug.state === 'closed' ? 'is closed already' : VERDICTS[entry.verdict]}${policy}${entry.attention ? ', and needs attention' : ''}\n` +
      `${forTerminal(entry.title || '(confidential)')}\n${palette.dim(forTerminal(entry.url))}`,
    clocks(entry),
    rules(entry, options),
    events(bug, options),
    ...(entry.comment === null
      ? []
      : [`${palette.bold('The comment that would be posted')}\n${linesForTerminal(entry.comment)}`]),
    ...(options.next === null ? [] : [`Next: ${palette.bold(options.next)}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function clocks({ createdAt, untargetedSince, lastHumanActivityAt }: ReportBug): string {
  return [
    `reported             ${createdAt}`,
    `no target since      ${untargetedSince ?? 'not known'}`,
    `last human activity  ${lastHumanActivityAt ?? (untargetedSince === null ? 'not known' : 'never')}`,
  ].join('\n');
}

function rules({ reasons }: ReportBug, { width, palette }: RenderOptions): string {
  const label = ({ rule, policy }: ReportBug['reasons'][number]) => forTerminal(policy === null ? rule : `${policy}: ${rule}`);
  const column = Math.max(...reasons.map((reason) => widthOf(label(reason))));
  const lines = reasons.map((reason) => {
    const outcome = wordFor(reason);
    const painted = outcome === 'no' ? palette.dim : outcome === 'unknown' ? palette.red : palette.green;
    const [message = '', ...more] = wrap(forTerminal(reason.message), Math.max(20, width - column - 14));
    const rest = more.map((line) => `\n${' '.repeat(column + 14)}${line}`).join('');
    return `  ${pad(label(reason), column)}  ${painted(pad(outcome, 8))}  ${message}${rest}`;
  });
  return `${palette.bold('Every rule, those that decided first')}\n${lines.join('\n')}`;
}

function wordFor({ kind, outcome }: ReportBug['reasons'][number]): string {
  if (outcome === 'unknown') return 'unknown';
  if (outcome === 'no-match') return 'no';
  return kind === 'guard' ? 'protects' : 'yes';
}

function events(bug: Bug, { width, palette }: RenderOptions): string {
  const shown = bug.events.slice(-MOST_EVENTS).map((event) => {
    const who = event.actor?.name ?? 'somebody';
    const counts = isOurs(event) ? 'bugprune' : isHumanActivity(event) ? 'a person' : 'does not count';
    const what = bug.confidential ? event.kind : `${who}: ${event.kind}${event.value ? ` ${event.value}` : ''}`;
    return truncate(forTerminal(`  ${event.at}  ${pad(counts, 14)}  ${what}`), width);
  });
  const earlier = bug.events.length - shown.length;
  const heading = palette.bold(earlier > 0 ? `What happened (${earlier} earlier events are in --json)` : 'What happened');
  return shown.length > 0 ? `${heading}\n${shown.join('\n')}` : `${heading}\n  nothing since it was reported`;
}
