import type { Report } from './document.js';
import type { Format, RenderOptions } from './format.js';
import { ageChart } from './html/age.js';
import { agenda } from './html/agenda.js';
import { filterBar } from './html/filter.js';
import { groupsOf, registerOf } from './html/groups.js';
import { type Markup, markup, verbatim } from './html/markup.js';
import { overview } from './html/overview.js';
import { pageHead } from './html/page.js';
import { SCRIPT } from './html/script.js';
import { STYLE } from './html/style.js';
import { section } from './html/tables.js';
import { trendChart } from './html/trend.js';

/**
 * One page that needs nothing else: to open, to mail, to print. All of the report is in it as HTML, so it reads the same without its
 * script, which only searches and sorts. It asks no server for anything, and its policy forbids it to.
 */
export const html = {
  extension: 'html',
  *render(report, options) {
    for (const part of page(report, options)) yield part.html;
  },
} satisfies Format;

function* page(report: Report, options: RenderOptions): Generator<Markup> {
  const groups = groupsOf(report);
  const register = registerOf(report);
  const [kept, listed] = [groups.filter(({ kind }) => kind === 'kept'), groups.filter(({ kind }) => kind !== 'kept')];
  const title = report.mode === 'prune' ? `run ${report.run}` : 'dry run';
  yield pageHead(title, { style: STYLE, script: SCRIPT });
  yield markup`<body>\n<main>\n${overview(report, groups, options)}${filterBar(report, groups, register)}`;
  for (const group of listed) yield* section(group, report, register);
  yield backlog(report, options);
  yield markup`${agenda(report, groups, register)}`;
  for (const group of kept) yield* section(group, report, register);
  yield foot(report);
}

/** The backlog as a whole: how old it is, and where it is heading. */
function backlog(report: Report, { backlog: points = [] }: RenderOptions): Markup {
  const charts = [ageChart(report), trendChart(points)].filter((chart) => chart !== null);
  return charts.length > 0
    ? markup`<section class="backlog"><h2>The backlog</h2>\n<div class="charts">\n${charts}</div></section>\n`
    : markup``;
}

function foot({ run, generatedAt, tool }: Report): Markup {
  return markup`</main>
<footer>Report ${run} of bugprune ${tool.version}, as of ${generatedAt}. NTBF means “not to be fixed”; a closed bug can always be reopened.</footer>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`;
}
