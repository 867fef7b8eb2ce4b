import { bars, sampled } from '../bars.js';
import { pad } from '../columns.js';
import { forTerminal } from '../escape.js';
import type { Backtests } from './document.js';
import type { BacktestFormat, BacktestLooks } from './format.js';
import { item, type Looks, prose } from './text-lines.js';
import { regretList } from './text-regrets.js';
import { trialTable } from './text-table.js';
import { adviceFor, answer, blindness, dayOf, lastSizes, rangeInWords } from './words.js';

/** For the terminal: the answer, trials beside each other, what people came back to, what was taken for true, and the next command. */
export const backtestText = {
  extension: 'txt',
  render(document, looks) {
    const blocks = [heading(document, looks), verdict(document, looks), trialTable(document, looks), backlog(document, looks)];
    blocks.push(regretList(document, looks), advice(document, looks), assumptions(document, looks), ending(looks));
    const shown = blocks.filter(({ length }) => length > 0).map((block) => block.join('\n'));
    return `${shown.join('\n\n')}\n`;
  },
} satisfies BacktestFormat;

function heading({ policy, snapshots }: Backtests, looks: Looks): string[] {
  const { palette } = looks;
  const taken = snapshots.map(({ name, source, takenAt }) => `${name}: ${source} as of ${dayOf(takenAt)}`).join(', ');
  const runs = `runs every ${policy.every} from ${dayOf(policy.from)} to ${dayOf(policy.to)}`;
  return [palette.bold('bugprune backtest'), ...prose(`${taken} · ${runs}`, looks).map((line) => palette.dim(line))];
}

function verdict(document: Backtests, looks: Looks): string[] {
  const blind = blindness(document);
  return [
    ...prose(answer(document), looks),
    ...(blind === null ? [] : prose(blind, looks).map((line) => looks.palette.red(line))),
  ];
}

const GAP = '  ';

/** The size of the backlog over time, in reality and with the policies: on one scale. */
function backlog({ policy }: Backtests, { width, palette }: Looks): string[] {
  const { weeks } = policy;
  const { open, withPolicy } = lastSizes(policy);
  if (weeks.length < 2) return [];
  const names = ['in reality', 'as configured'] as const;
  const most = width - 3 * GAP.length - names[1].length - `${Math.max(open, withPolicy)}`.length;
  const real = sampled(
    weeks.map((week) => week.open),
    most,
  );
  const ours = sampled(
    weeks.map((week) => week.withPolicy),
    most,
  );
  const both = bars([...real, ...ours]);
  const line = (name: string, part: string, last: number) => `${GAP}${pad(name, names[1].length)}${GAP}${part}${GAP}${last}`;
  return [
    palette.bold('Open bugs at each run'),
    line(names[0], both.slice(0, real.length), open),
    line(names[1], both.slice(real.length), withPolicy),
  ];
}

function advice(document: Backtests, looks: Looks): string[] {
  const found = adviceFor(document);
  if (found.length === 0) return [];
  const heading = prose('Guards that would have helped, for keep in the configuration', looks);
  return [
    ...heading.map((line) => looks.palette.bold(line)),
    ...found.flatMap(({ setting, effect }) => item(`${setting} ${effect}`, looks)),
  ];
}

function assumptions({ policy }: Backtests, looks: Looks): string[] {
  const heading = looks.palette.bold('What was taken for true');
  return [heading, ...[...policy.assumptions, rangeInWords(policy)].flatMap((text) => item(text, looks))];
}

/** Commands are to be copied: they are never broken, however long they are. */
function ending({ next, palette }: BacktestLooks): string[] {
  return next.map(({ label, command }) => `${label}: ${palette.bold(forTerminal(command))}`);
}
