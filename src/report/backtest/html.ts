import { type Markup, markup, type Piece } from '../html/markup.js';
import { pageHead } from '../html/page.js';
import { STYLE } from '../html/style.js';
import { backlogChart } from './backlog-chart.js';
import type { Backtests } from './document.js';
import type { BacktestFormat, BacktestLooks } from './format.js';
import { regretChart } from './regret-chart.js';
import { BACKTEST_STYLE } from './style.js';
import { regretSection, trials } from './tables.js';
import { adviceFor, answer, blindness, dayOf, lastSizes, rangeInWords } from './words.js';

/** One page that needs nothing else, with pictures of what the text has as numbers. Nothing runs on it. */
export const backtestHtml = {
  extension: 'html',
  *render(document, looks) {
    for (const part of page(document, looks)) yield part.html;
  },
} satisfies BacktestFormat;

function* page(document: Backtests, looks: BacktestLooks): Generator<Markup> {
  yield pageHead('backtest', { style: STYLE + BACKTEST_STYLE, script: null });
  yield markup`<body>\n<main>\n${heading(document)}${tiles(document)}${warning(document)}${advice(document)}`;
  yield markup`<section class="backlog"><h2>Beside each other</h2>\n${trials(document)}${recommendation(document)}`;
  yield markup`<div class="charts">\n${regretChart(document)}${backlogChart(document.policy.weeks)}</div></section>\n`;
  yield* regretSection(document.policy);
  yield markup`${assumptions(document)}${steps(looks)}</main>\n${foot(document)}</body>\n</html>\n`;
}

function heading(document: Backtests): Markup {
  const { policy, snapshots } = document;
  const taken = snapshots.map(({ name, source, takenAt }) => `${name}: ${source} as of ${dayOf(takenAt)}`).join(', ');
  return markup`<header>
<p class="brand">bugprune</p>
<h1>Backtest</h1>
<p class="lead">${answer(document)}</p>
<p class="meta">${taken} · runs every ${policy.every} from ${dayOf(policy.from)} to ${dayOf(policy.to)}</p>
</header>
`;
}

function tiles({ policy }: Backtests): Markup {
  const { closed, regrets, open } = policy.summary;
  const backlog = lastSizes(policy);
  const tile = (kind: string, number: number, label: string) =>
    markup`<li class="${kind}"><span><b>${number}</b> ${label}</span></li>\n`;
  return markup`<ul class="tiles">
${tile('open', open, 'Open at some time')}${tile('close', closed, 'Would have been closed')}${tile('attention', regrets, 'Regretted')}${tile('open', backlog.open, 'Open at the end')}${tile('kept', backlog.withPolicy, 'Open with the policy')}</ul>
`;
}

function warning(document: Backtests): Piece {
  const blind = blindness(document);
  return blind === null ? null : markup`<section class="notice trouble"><h2>Half the truth</h2>\n<p>${blind}</p></section>\n`;
}

function advice(document: Backtests): Piece {
  const lines = adviceFor(document).map(({ setting, effect }) => markup`<dt><code>${setting}</code></dt><dd>${effect}</dd>\n`);
  if (lines.length === 0) return null;
  return markup`<section class="notice warn"><h2>Guards that would have helped</h2>
<p>For <code>keep</code> in the configuration:</p>
<dl>${lines}</dl></section>
`;
}

function recommendation({ comparison }: Backtests): Piece {
  return comparison === null ? null : markup`<p class="recommendation">${comparison.recommendation}</p>\n`;
}

function assumptions({ policy }: Backtests): Markup {
  const lines = [...policy.assumptions, rangeInWords(policy)].map((text) => markup`<li>${text}</li>\n`);
  return markup`<section class="backlog"><h2>What was taken for true</h2>\n<ul class="notes">${lines}</ul></section>\n`;
}

function steps({ next }: BacktestLooks): Piece {
  const lines = next.map(({ label, command }) => markup`<dt>${label}</dt><dd><code>${command}</code></dd>\n`);
  return lines.length > 0 ? markup`<section class="notice"><h2>Next</h2>\n<dl>${lines}</dl></section>\n` : null;
}

function foot({ tool }: Backtests): Markup {
  return markup`<footer>Backtest of bugprune ${tool.version}. “Regretted”: people fixed, targeted or reopened it after all.</footer>\n`;
}
