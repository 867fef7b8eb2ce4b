import { pad, widthOf } from '../columns.js';
import { forTerminal } from '../escape.js';
import { type Column, columnsFor, meaningOf, realBacklog } from './columns.js';
import type { Backtests } from './document.js';
import { type Looks, prose } from './text-lines.js';
import { legend, type Row, rowsOf } from './words.js';

const GAP = '  ';

/** Trials beside each other, what the columns mean, and which threshold to choose where several were tried. */
export function trialTable(document: Backtests, looks: Looks): string[] {
  const { palette, width } = looks;
  const rows = rowsOf(document);
  const labels = [...rows.map(({ label }) => forTerminal(label)), 'in reality'];
  const first = Math.max(...labels.map(widthOf));
  const columns = fitting(
    columnsFor(rows).map((column) => filled(column, rows)),
    width - GAP.length - first,
  );
  const line = (label: string, texts: readonly string[]) => {
    const cells = texts.map((text, index) => pad(text, columns[index]?.room ?? 0, 'right'));
    return [`${GAP}${pad(label, first)}`, ...cells].join(GAP).trimEnd();
  };
  const lines = labels.map((label, index) =>
    line(
      label,
      columns.map(({ cells }) => cells[index] ?? ''),
    ),
  );
  const { comparison } = document;
  return [
    palette.dim(
      line(
        '',
        columns.map(({ head }) => head),
      ),
    ),
    ...lines.map((text, index) => painted(text, rows[index], document, palette)),
    ...prose(`${legend(document)} ${meaningOf(columns)}`, looks, GAP).map((text) => palette.dim(text)),
    ...(comparison === null ? [] : ['', ...prose(comparison.recommendation, looks)]),
  ];
}

interface Filled extends Pick<Column, 'important' | 'head' | 'meaning'> {
  readonly cells: readonly string[];
  readonly room: number;
}

function filled({ head, important, meaning, cell }: Column, rows: readonly Row[]): Filled {
  const cells = [...rows.map(cell), head === 'backlog' ? realBacklog(rows) : ''];
  return { head, important, meaning, cells, room: Math.max(...[head, ...cells].map(widthOf)) };
}

/** All important columns, and of the others as many as there is room for. */
function fitting(columns: readonly Filled[], width: number): Filled[] {
  const needed = (column: Filled) => GAP.length + column.room;
  let left = columns.filter(({ important }) => important).reduce((room, column) => room - needed(column), width);
  return columns.filter((column) => {
    if (column.important) return true;
    if (needed(column) > left) return false;
    left -= needed(column);
    return true;
  });
}

/** Green: the threshold to choose. Yellow: more is regretted than somebody is willing to bear. */
function painted(text: string, row: Row | undefined, { bound, comparison }: Backtests, palette: Looks['palette']): string {
  if (row === undefined) return text;
  if (row.kind === 'variation' && row.label === comparison?.recommended) return palette.green(text);
  return (row.backtest.summary.rate ?? 0) >= bound ? palette.yellow(text) : text;
}
