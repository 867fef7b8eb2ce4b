import { groupsBy } from '../../model/groups.js';
import { bars, sampled } from '../bars.js';
import { pad, truncate, widthOf, wrap } from '../columns.js';
import { forTerminal } from '../escape.js';
import type { RenderOptions } from '../format.js';
import type { BacklogSize, History, PastRun } from './document.js';
import { fateBlocks } from './fates.js';
import { noteOn, total } from './words.js';

/** Everything but the history that its looks depend on. */
export interface HistoryLooks extends Pick<RenderOptions, 'width' | 'palette'> {
  /** What was looked at: `journals in .bugprune`. */
  readonly where: string;
  /** Commands to type next, and what each is good for. */
  readonly next: readonly { readonly label: string; readonly command: string }[];
}

/** Nobody reads more at once. */
const MOST_RUNS = 25;

/** For the terminal: past runs, the latest one last, where the next command is typed; the size of the backlog; what it came to. */
export function historyText(history: History, looks: HistoryLooks): string {
  const { palette, next, where } = looks;
  const { generatedAt, runs, problems } = history;
  const ends = [
    ...lines(runs.length > 0 ? total(runs) : `No runs yet. Looked at the ${where}.`, looks),
    // Commands are to be copied: they are never broken, however long they are.
    ...next.map(({ label, command }) => `${label}: ${palette.bold(forTerminal(command))}`),
  ];
  const blocks = [
    [palette.bold('bugprune history'), ...lines(`${generatedAt} · ${where}`, looks).map((line) => palette.dim(line))],
    problems.flatMap((problem) => lines(`Incomplete: ${problem}`, looks)).map((line) => palette.red(line)),
    runs.length > 0 ? table(runs, looks) : [],
    sizes(history.backlog, looks),
    ...fateBlocks(history, looks),
    ends,
  ];
  const shown = blocks.filter(({ length }) => length > 0).map((block) => block.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function lines(text: string, { width }: Pick<RenderOptions, 'width'>): string[] {
  return wrap(forTerminal(text), width);
}

const GAP = '  ';
const DATE = '2026-11-22'.length;

/** One line for each run; what is particular about it beside that, or below where there is not enough room. */
function table(runs: readonly PastRun[], { width, palette }: HistoryLooks): string[] {
  const shown = runs.slice(-MOST_RUNS);
  const open = Math.max(4, ...shown.map((run) => widthOf(String(run.open ?? '?'))));
  const numbers = (cells: readonly [string, string, string]) =>
    cells.map((cell, index) => pad(cell, index === 0 ? open : 6, 'right')).join(GAP);
  const rest = `${GAP}${' '.repeat(DATE)}${GAP}${GAP}${numbers(['', '', ''])}`.length;
  const column = Math.max(3, Math.min(width - rest, Math.max(...shown.map(({ run }) => widthOf(forTerminal(run))))));
  const notes = new Map(shown.map((run) => [run, forTerminal(noteOn(run, runs))]));
  const room = width - rest - column - GAP.length;
  const beside = [...notes.values()].every((note) => widthOf(note) <= room);
  const rows = shown.flatMap((run) => {
    const id = pad(truncate(forTerminal(run.run), column), column);
    const cells = numbers(run.kind === 'undo' ? ['', '', ''] : [String(run.open ?? '?'), String(run.closed), String(run.warned)]);
    const note = notes.get(run) ?? '';
    const line = `${GAP}${run.startedAt.slice(0, DATE)}${GAP}${id}${GAP}${cells}`;
    if (note === '') return [line];
    if (beside) return [`${line}${GAP}${palette.dim(note)}`];
    return [line.trimEnd(), ...wrap(note, width - 4).map((part) => palette.dim(`    ${part}`))];
  });
  const head = `${GAP}${pad('began', DATE)}${GAP}${pad('run', column)}${GAP}${numbers(['open', 'closed', 'warned'])}`;
  const earlier = runs.length - shown.length;
  return [palette.dim(head), ...(earlier > 0 ? [palette.dim(`  … ${earlier} earlier; all of them: --json`)] : []), ...rows];
}

/** One line for each choice of trackers: the sizes of different ones do not compare. */
function sizes(backlog: readonly BacklogSize[], { width, palette }: HistoryLooks): string[] {
  const series = groupsBy(backlog, ({ trackers }) => trackers.join(', '));
  const shown = [...series].filter(([, points]) => points.length > 1).map(([names, points]) => line(names, points, width));
  return shown.length > 0 ? [palette.bold('Open bugs when a prune began'), ...shown] : [];
}

function line(names: string, points: readonly BacklogSize[], width: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const from = `${GAP}${truncate(forTerminal(names), Math.floor(width / 4))}  ${first.at.slice(0, DATE)} ${first.open} `;
  const to = ` ${last.open} ${last.at.slice(0, DATE)}`;
  const room = width - widthOf(from) - widthOf(to);
  return `${from}${bars(
    sampled(
      points.map(({ open }) => open),
      room,
    ),
  )}${to}`;
}
