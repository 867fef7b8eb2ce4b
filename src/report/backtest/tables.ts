import type { Backtest } from '../../backtest/document.js';
import { safeUrl } from '../escape.js';
import { type Markup, markup, type Piece } from '../html/markup.js';
import { columnsFor, meaningOf, realBacklog } from './columns.js';
import type { Backtests } from './document.js';
import { dayOf, fateInWords, fatesIn, legend, type Regret, regretsOf, rowsOf } from './words.js';

/** Trials beside each other, with what the rows and columns mean. */
export function trials(document: Backtests): Markup {
  const rows = rowsOf(document);
  const columns = columnsFor(rows);
  const heads = columns.map(({ head }) => markup`<th scope="col">${head}</th>`);
  const lines = rows.map(
    (row) => markup`<tr><th scope="row">${row.label}</th>${columns.map(({ cell }) => markup`<td>${cell(row)}</td>`)}</tr>\n`,
  );
  const real = columns.map(({ head }) => markup`<td>${head === 'backlog' ? realBacklog(rows) : ''}</td>`);
  return markup`<div class="scroll" role="region" aria-label="Beside each other" tabindex="0"><table class="trials"><caption>What would have become of the backlog</caption>
<thead><tr><td></td>${heads}</tr></thead>
<tbody>
${lines}<tr><th scope="row">in reality</th>${real}</tr>
</tbody></table></div>
<p class="meta">${legend(document)} ${meaningOf(columns)}</p>
`;
}

/** What people came back to, all of it, one line at a time; nothing where that is nothing. */
export function* regretSection(policy: Backtest): Generator<Markup> {
  const found = regretsOf(policy);
  if (found.length === 0) return;
  const heads = ['Title', 'Would have been closed', 'Then'].map((head) => markup`<th scope="col">${head}</th>`);
  yield markup`<section class="bugs" data-kind="attention">
<h2>What people came back to <span class="count">${found.length}</span></h2>
<p class="meta">${fatesIn(found)}; the soonest first.</p>
<div class="scroll"><table><caption>What people came back to</caption>
<thead><tr><th scope="col" class="ref">Bug</th>${heads}</tr></thead>
<tbody>
`;
  for (const regret of found) yield line(regret);
  yield markup`</tbody></table></div>\n</section>\n`;
}

function line(regret: Regret): Markup {
  const title: Piece = regret.title || markup`<i>confidential</i>`;
  return markup`<tr><th scope="row">${link(regret)}</th><td class="title">${title}</td><td class="reported">${dayOf(regret.at)}</td><td class="why">${fateInWords(regret)}</td></tr>\n`;
}

/** To the bug on its tracker; the text alone where the address is none of the web. */
function link({ ref, url }: Regret): Piece {
  const address = safeUrl(url);
  return address === null ? ref : markup`<a href="${address}">${ref}</a>`;
}
