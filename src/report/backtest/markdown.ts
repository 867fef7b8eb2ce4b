import { truncate } from '../columns.js';
import { forMarkdown, forTerminal, markdownCode, markdownLink } from '../escape.js';
import { columnsFor, meaningOf, realBacklog } from './columns.js';
import type { Backtests } from './document.js';
import type { BacktestFormat } from './format.js';
import {
  adviceFor,
  answer,
  blindness,
  dayOf,
  fateInWords,
  fatesIn,
  legend,
  type Regret,
  rangeInWords,
  regretsOf,
  rowsOf,
} from './words.js';

/** GitHub drops a job summary of more than 1 MiB altogether: so many rows, and so many columns in a cell. */
const MOST_ROWS = 1000;
const WIDEST_CELL = 160;

/** For job summaries, wikis and chats. */
export const backtestMarkdown = {
  extension: 'md',
  render(document, { next }) {
    const { policy, snapshots, tool } = document;
    const blind = blindness(document);
    const taken = snapshots.map(({ name, source, takenAt }) => `${name}: ${source} as of ${dayOf(takenAt)}`).join(', ');
    const blocks = [
      '## bugprune: backtest',
      forMarkdown(answer(document)),
      ...(blind === null ? [] : [`> **${forMarkdown(blind)}**`]),
      trials(document),
      ...(document.comparison ? [forMarkdown(document.comparison.recommendation)] : []),
      ...regrets(document),
      ...advice(document),
      `### What was taken for true\n\n${list([...policy.assumptions, rangeInWords(policy)].map(forMarkdown))}`,
      ...next.map(({ label, command }) => `${label}: ${codeOf(command)}`),
      `<sub>${forMarkdown(taken)} · runs every ${policy.every} from ${dayOf(policy.from)} to ${dayOf(policy.to)} · bugprune ${forMarkdown(tool.version)}</sub>`,
    ];
    return `${blocks.join('\n\n')}\n`;
  },
} satisfies BacktestFormat;

/** Names of labels and snapshots stand in it: they must not command a CI system. */
const codeOf = (text: string): string => markdownCode(forTerminal(text));

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function trials(document: Backtests): string {
  const rows = rowsOf(document);
  const columns = columnsFor(rows);
  const real = columns.map(({ head }) => (head === 'backlog' ? realBacklog(rows) : ''));
  const lines = [
    line(['', ...columns.map(({ head }) => head)]),
    line(['---', ...columns.map(() => '---:')]),
    ...rows.map((row) => line([forMarkdown(row.label), ...columns.map(({ cell }) => cell(row))])),
    line(['in reality', ...real]),
  ];
  return `${lines.join('\n')}\n\n${forMarkdown(`${legend(document)} ${meaningOf(columns)}`)}`;
}

function regrets({ policy }: Backtests): string[] {
  const found = regretsOf(policy);
  if (found.length === 0) return [];
  const shown = found.slice(0, MOST_ROWS);
  const lines = [line(['bug', 'title', 'closed', 'then']), '| --- | --- | --- | --- |', ...shown.map(row)];
  const rest = found.length - shown.length;
  return [
    `### What people came back to (${fatesIn(found)}), the soonest first\n\n${lines.join('\n')}`,
    ...(rest > 0 ? [`… and ${rest} more; the JSON has all of them.`] : []),
  ];
}

function row(regret: Regret): string {
  const title = regret.title ? forMarkdown(truncate(regret.title, WIDEST_CELL)) : '*confidential*';
  return line([markdownLink(regret.ref, regret.url), title, dayOf(regret.at), fateInWords(regret)]);
}

function advice(document: Backtests): string[] {
  const items = adviceFor(document).map(({ setting, effect }) => `${codeOf(setting)} ${forMarkdown(effect)}`);
  return items.length > 0 ? [`### Guards that would have helped, for \`keep\` in the configuration\n\n${list(items)}`] : [];
}
