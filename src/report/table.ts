import { pad, truncate, widthOf, wrap } from './columns.js';
import type { Report, ReportBug } from './document.js';
import { forTerminal } from './escape.js';
import type { Format, Palette, RenderOptions } from './format.js';
import { nextSteps, tooMuch } from './next.js';
import { partLines } from './part.js';
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

function problems(report: Report, options: RenderOptions): string[] {
  const { palette } = options;
  const lines = report.trackers.flatMap((tracker) => [
    ...tracker.problems.map((problem) => prose(`Incomplete, ${tracker.name}: ${problem}`, options, palette.red)),
    ...tracker.notes.map((note) => prose(`${tracker.name}: ${note}`, options, palette.dim)),
  ]);
  lines.unshift(...partLines(report).map((line) => prose(line, options)));
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
  const shown = section.bugs.slice(0, most(section, report, options));
  const rest = section.bugs.length - shown.length;
  const where = section.brief || report.mode === 'prune' ? 'bugprune report' : '-o report.md';
  const title = forTerminal(`${section.heading} (${section.bugs.length})`);
  const shared = sharedNotes(section);
  return [
    palette.bold(palette[COLOURS[section.kind]](truncate(title, width))),
    ...(shared.length > 0 ? [palette.dim(truncate(forTerminal(`  ${shared.join('; ')}`), width))] : []),
    ...rows(shown, { ...section, shared }, report, options),
    ...(rest > 0 ? [palette.dim(`  … and ${rest} more; all of them: ${where}`)] : []),
  ].join('\n');
}

/** How many are listed. After a prune, what it left alone must not push what it did off the screen. */
function most({ kind, brief, bugs }: Section, { mode }: Report, { all }: RenderOptions): number {
  const isLeftAlone = kind === 'attention' || kind === 'undecided';
  if (brief || (mode === 'prune' && isLeftAlone)) return A_FEW;
  return all ? bugs.length : LONGEST_LIST;
}

/** What is true of all of a section besides their ages is said once. */
function sharedNotes(section: Section): string[] {
  const [first, ...others] = section.bugs;
  if (!first || !hasAges(section)) return [];
  const all = others.map((bug) => new Set(besidesAges(bug)));
  return besidesAges(first).filter((note) => all.every((notes) => notes.has(note)));
}

/** What is to be said about one bug besides what its columns and the section tell. */
function noteOn(bug: ReportBug, section: Section, shared: readonly string[]): string {
  if (section.brief) return '';
  if (hasAges(section)) {
    return besidesAges(bug)
      .filter((note) => !shared.includes(note))
      .join('; ');
  }
  const owners = bug.attention && bug.assignees.length > 0 ? ` · ${bug.assignees.join(', ')}` : '';
  return `${why(bug, section.kind)}${owners}`;
}

/** Whether the ages are what it is about. */
const hasAges = ({ kind }: Section): boolean => kind === 'close' || kind === 'warn';

/** Ref, ages and title on one line; what the ages do not tell, on the next. */
function rows(
  bugs: readonly ReportBug[],
  section: Section & { readonly shared: readonly string[] },
  report: Report,
  { width, palette }: RenderOptions,
): string[] {
  const longest = bugs.reduce((most, { ref }) => Math.max(most, widthOf(forTerminal(ref))), 'bug'.length);
  const refWidth = Math.min(Math.floor(width / 3), longest);
  const columns = (...ages: readonly string[]) => (hasAges(section) ? ages.map((age) => pad(age, AGE, 'right')).join('') : '');
  const lines = [palette.dim(`  ${pad('bug', refWidth)}${columns('no target', 'idle')}  title`)];
  for (const bug of bugs) {
    const ref = truncate(forTerminal(bug.ref), refWidth);
    const blanks = ' '.repeat(refWidth - widthOf(ref));
    const ages = columns(ago(bug.untargetedSince, report), ago(bug.lastHumanActivityAt, report));
    const title = truncate(forTerminal(titleOf(bug)), width - refWidth - ages.length - 4);
    lines.push(`  ${palette.link(ref, bug.url)}${blanks}${ages}  ${title}`);
    const note = noteOn(bug, section, section.shared);
    if (note !== '') lines.push(palette.dim(truncate(forTerminal(`    ${note}`), width)));
  }
  return lines;
}

/** Columns. */
const AGE = 10;

const titleOf = ({ title }: ReportBug): string => title || '(confidential)';
