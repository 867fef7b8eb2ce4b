import { pad, truncate, widthOf, wrap } from './columns.js';
import type { Report, ReportBug } from './document.js';
import { forTerminal } from './escape.js';
import type { Format, Palette, RenderOptions } from './format.js';
import { nextSteps, tooMuch } from './next.js';
import { ago, besidesAges, type Section, sectionsOf, summaryLine, why } from './sections.js';

/** More than this of one kind is counted, not listed: nobody reads on. */
const LONGEST_LIST = 25;

/** So many stand for those of which there is nothing to say but how many they are. */
const A_FEW = 5;

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
  const { palette, width } = options;
  const shown = section.bugs.slice(0, section.brief ? A_FEW : options.all ? section.bugs.length : LONGEST_LIST);
  const rest = section.bugs.length - shown.length;
  const title = forTerminal(`${section.heading} (${section.bugs.length})`);
  const shared = sharedNote(section);
  return [
    palette.bold(palette[COLOURS[section.kind]](truncate(title, width))),
    ...(shared === '' ? [] : [palette.dim(truncate(forTerminal(`  ${shared}`), width))]),
    ...rows(shown, { ...section, shared }, report, options),
    ...(rest > 0
      ? [palette.dim(`  … and ${rest} more; all of them: ${section.brief ? 'bugprune report' : '-o report.md'}`)]
      : []),
  ].join('\n');
}

/** What is true of all of a section besides their ages is said once. */
function sharedNote(section: Section): string {
  const [note = '', ...others] = new Set(section.bugs.map((bug) => noteOn(bug, section)));
  return others.length === 0 && hasAges(section) ? note : '';
}

/** What is to be said about one bug besides what its columns tell. */
function noteOn(bug: ReportBug, section: Section): string {
  if (section.brief) return '';
  if (hasAges(section)) return besidesAges(bug);
  const owners = bug.attention && bug.assignees.length > 0 ? ` · ${bug.assignees.join(', ')}` : '';
  return `${why(bug, section.kind)}${owners}`;
}

/** Whether the ages are what it is about. */
const hasAges = ({ kind }: Section): boolean => kind === 'close' || kind === 'warn';

/** Ref, ages and title on one line; what the ages do not tell, on the next. */
function rows(
  bugs: readonly ReportBug[],
  section: Section & { readonly shared: string },
  report: Report,
  { width, palette }: RenderOptions,
): string[] {
  const refWidth = Math.min(Math.floor(width / 3), Math.max(3, ...bugs.map(({ ref }) => widthOf(forTerminal(ref)))));
  const columns = (...ages: readonly string[]) => (hasAges(section) ? ages.map((age) => pad(age, AGE, 'right')).join('') : '');
  const lines = [palette.dim(`  ${pad('bug', refWidth)}${columns('no target', 'idle')}  title`)];
  for (const bug of bugs) {
    const ref = truncate(forTerminal(bug.ref), refWidth);
    const blanks = ' '.repeat(refWidth - widthOf(ref));
    const ages = columns(ago(bug.untargetedSince, report), ago(bug.lastHumanActivityAt, report));
    const title = truncate(forTerminal(titleOf(bug)), width - refWidth - ages.length - 4);
    lines.push(`  ${palette.link(ref, bug.url)}${blanks}${ages}  ${title}`);
    const note = section.shared === '' ? noteOn(bug, section) : '';
    if (note !== '') lines.push(palette.dim(truncate(forTerminal(`    ${note}`), width)));
  }
  return lines;
}

/** Columns. */
const AGE = 10;

const titleOf = ({ title }: ReportBug): string => title || '(confidential)';
