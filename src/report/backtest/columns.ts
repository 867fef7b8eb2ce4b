import { percent } from '../../model/phrases.js';
import { lastSizes, type Row } from './words.js';

/** A column of numbers in which trials are compared. `important`: one that stands there however narrow it is. */
export interface Column {
  readonly head: string;
  readonly important: boolean;
  /** What it means, in a sentence; empty where that is plain. */
  readonly meaning: string;
  cell(row: Row): string;
}

const COLUMNS: readonly Column[] = [
  { head: 'closed', important: true, meaning: '', cell: ({ backtest }) => `${backtest.summary.closed}` },
  {
    head: 'regretted',
    important: true,
    meaning: 'Regretted: people fixed, targeted or reopened it after all.',
    cell: ({ backtest }) => `${backtest.summary.regrets}`,
  },
  {
    head: 'rate',
    important: true,
    meaning: '',
    cell: ({ backtest: { summary } }) => (summary.rate === null ? '' : percent(summary.rate)),
  },
  { head: 'at least–most', important: false, meaning: '', cell: ({ backtest }) => rateRange(backtest.range.rate) },
  {
    head: 'after',
    important: false,
    meaning: 'After: the median of the days until then.',
    cell: ({ backtest }) => days(backtest.summary.medianDays),
  },
  { head: 'warned', important: false, meaning: '', cell: ({ backtest }) => `${backtest.summary.warned || ''}` },
  {
    head: 'in time',
    important: false,
    meaning: 'In time: warnings just before people acted.',
    cell: ({ backtest }) => `${backtest.summary.rescued || ''}`,
  },
  {
    head: 'backlog',
    important: true,
    meaning: 'Backlog: open bugs at the end.',
    cell: ({ backtest }) => `${lastSizes(backtest).withPolicy}`,
  },
];

/** The columns in which anything but the stale bot has something to say. */
export function columnsFor(rows: readonly Row[]): Column[] {
  return COLUMNS.filter((column) => column.important || rows.some((row) => row.kind !== 'staleBot' && column.cell(row) !== ''));
}

/** What columns mean, in sentences. */
export function meaningOf(columns: readonly Pick<Column, 'meaning'>[]): string {
  return columns
    .map(({ meaning }) => meaning)
    .filter(Boolean)
    .join(' ');
}

/** The last row: the backlog as it really was. */
export function realBacklog([first]: readonly Row[]): string {
  return first ? `${lastSizes(first.backtest).open}` : '';
}

function rateRange({ least, most }: { readonly least: number | null; readonly most: number | null }): string {
  if (least === null || most === null) return '';
  return least === most ? '' : `${percent(least).replace(' %', '')}–${percent(most)}`;
}

const days = (number: number | null): string => (number === null ? '' : `${Math.round(number)} d`);
