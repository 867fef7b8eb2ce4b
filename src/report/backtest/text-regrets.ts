import { pad, truncate, widthOf } from '../columns.js';
import { forTerminal } from '../escape.js';
import type { Backtests } from './document.js';
import type { BacktestLooks } from './format.js';
import { type Looks, prose } from './text-lines.js';
import { dayOf, fateInWords, fatesIn, type Regret, regretsOf } from './words.js';

const GAP = '  ';

/** Nobody reads on. */
const LONGEST_LIST = 10;

/** What people came back to, one line each; nothing where that is nothing. */
export function regretList({ policy }: Backtests, looks: BacktestLooks): string[] {
  const { palette, width, all } = looks;
  const found = regretsOf(policy);
  if (found.length === 0) return [];
  const shown = all ? found : found.slice(0, LONGEST_LIST);
  const title = `What people came back to (${fatesIn(found)}), the soonest first`;
  const rest = found.length - shown.length;
  return [
    ...prose(title, looks).map((line) => palette.bold(line)),
    ...regretRows(shown, looks),
    ...(rest > 0 ? [palette.dim(truncate(`  … and ${rest} more; all of them: -o backtest.html`, width))] : []),
  ];
}

/** In a narrow terminal, the title is worth more than the day. */
const ROOM_FOR_DAYS = 76;

function regretRows(found: readonly Regret[], { palette, width }: Looks): string[] {
  const dated = width >= ROOM_FOR_DAYS;
  const refs = Math.min(Math.floor(width / 3), Math.max(3, ...found.map(({ ref }) => widthOf(forTerminal(ref)))));
  const fates = Math.max(4, ...found.map((regret) => widthOf(fateInWords(regret))));
  const line = (ref: string, at: string, fate: string, title: string) => {
    const left = [pad(truncate(ref, refs), refs), ...(dated ? [pad(at, 10)] : []), pad(fate, fates)].join(GAP);
    return `${GAP}${left}${GAP}${truncate(title, width - widthOf(left) - 2 * GAP.length)}`;
  };
  const rows = found.map((regret) =>
    line(forTerminal(regret.ref), dayOf(regret.at), fateInWords(regret), forTerminal(regret.title || '(confidential)')),
  );
  return [palette.dim(line('bug', 'closed', 'then', 'title')), ...rows];
}
