import { pad, truncate, widthOf, wrap } from './columns.js';
import type { Report, ReportBug } from './document.js';
import { forTerminal } from './escape.js';
import type { Format, Palette, RenderOptions } from './format.js';
import { nextSteps, tooMuch } from './next.js';
import { ago, type Section, sectionsOf, summaryLine, why } from './sections.js';

/** More than this of one kind is counted, not listed: nobody reads on. */
const LONGEST_LIST = 25;

/** For the terminal: what would be closed and why, what needs a person, and the next command to type. */
export const table = {
  extension: 'txt',
  render(report, options) {
    const blocks = [
      heading(report, options),
      ...problems(report, options),
      ...sectionsOf(report).map((section) => block(section, report, options)),
      ending(report, options),
    ];
    return `${blocks.join('\n\n')}\n`;
  },
} satisfies Format;

/** Lines as wide as the terminal at most; the lines after the first are indented. */
function prose(text: string, { width }: RenderOptions, paint: (line: string) => string = (line) => line): string {
  const [first = '', ...rest] = wrap(forTerminal(text), width);
  const lines = rest.length > 0 ? wrap(rest.join(' '), width - 2).map((line) => `  ${line}`) : [];
  return [first, ...lines].map((line) => paint(line)).join('\n');
}

function heading({ mode, generatedAt, run, trackers }: Report, options: RenderOptions): string {
  const what = mode === 'prune' ? `bugprune run ${run}` : 'bugprune dry run, nothing was changed';
  const accounts = trackers.map(({ name, as, type }) => (type === 'file' || as === '' ? name : `${name} as ${as}`));
  const { palette } = options;
  return `${prose(what, options, palette.bold)}\n${prose(`${generatedAt} · ${accounts.join(', ')}`, options, palette.dim)}`;
}

function problems({ trackers }: Report, options: RenderOptions): string[] {
  const { palette } = options;
  const lines = trackers.flatMap((tracker) => [
    ...tracker.problems.map((problem) => prose(`Incomplete, ${tracker.name}: ${problem}`, options, palette.red)),
    ...tracker.notes.map((note) => prose(`${tracker.name}: ${note}`, options, palette.dim)),
  ]);
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** What it all adds up to, and what to type next. Commands are to be copied: they are never broken, however long they are. */
function ending(report: Report, options: RenderOptions): string {
  const { palette, next } = options;
  return [
    prose(summaryLine(report), options),
    ...tooMuch(report).map((sentence) => prose(sentence, options, palette.red)),
    ...nextSteps(report, next).map(({ label, command }) => `${label}: ${palette.bold(command)}`),
  ].join('\n');
}

const COLOURS: Record<Section['kind'], keyof Palette> = {
  close: 'yellow',
  warn: 'cyan',
  snooze: 'cyan',
  trouble: 'red',
  attention: 'red',
  undecided: 'red',
};

function block(section: Section, report: Report, options: RenderOptions): string {
  const { palette } = options;
  const shown = options.all ? section.bugs : section.bugs.slice(0, LONGEST_LIST);
  const rest = section.bugs.length - shown.length;
  const title = forTerminal(`${section.heading} (${section.bugs.length})`);
  return [
    palette.bold(palette[COLOURS[section.kind]](truncate(title, options.width))),
    ...rows(shown, section, report, options),
    ...(rest > 0 ? [palette.dim(`  … and ${rest} more; all of them: -o report.md`)] : []),
  ].join('\n');
}

/** Ref, ages and title on one line; where it is not plain from the ages, the reason on the next. */
function rows(bugs: readonly ReportBug[], { kind }: Section, report: Report, { width, palette }: RenderOptions): string[] {
  const plain = kind === 'close' || kind === 'warn';
  const refWidth = Math.min(Math.floor(width / 3), Math.max(3, ...bugs.map(({ ref }) => widthOf(ref))));
  const aged = `${pad('no target', 10, 'right')}${pad('idle', 10, 'right')}`;
  const lines = [palette.dim(`  ${pad('bug', refWidth)}${plain ? aged : ''}  title`)];
  for (const bug of bugs) {
    const ages = plain
      ? pad(ago(bug.untargetedSince, report), 10, 'right') + pad(ago(bug.lastHumanActivityAt, report), 10, 'right')
      : '';
    const room = width - 2 - refWidth - ages.length - 2;
    const ref = truncate(forTerminal(bug.ref), refWidth);
    lines.push(`  ${pad(ref, refWidth)}${ages}  ${truncate(forTerminal(titleOf(bug)), room)}`);
    if (!plain) lines.push(palette.dim(truncate(forTerminal(`    ${reasonOf(bug, kind)}`), width)));
  }
  return lines;
}

const titleOf = ({ title }: ReportBug): string => title || '(confidential)';

function reasonOf(bug: ReportBug, kind: Section['kind']): string {
  const owners = bug.attention && bug.assignees.length > 0 ? ` · ${bug.assignees.join(', ')}` : '';
  return `${why(bug, kind)}${owners}`;
}
