import { type Duration, hasPassed } from '../../model/duration.js';
import type { Report, ReportBug } from '../document.js';
import { type Markup, markup, type Piece } from './markup.js';

/** How old a bug is, and the age that it has not reached yet. */
const AGES: readonly { readonly label: string; readonly until: Duration | null }[] = [
  { label: '<1w', until: { count: 1, unit: 'w' } },
  { label: '1–4w', until: { count: 4, unit: 'w' } },
  { label: '1–3mo', until: { count: 3, unit: 'mo' } },
  { label: '3–6mo', until: { count: 6, unit: 'mo' } },
  { label: '6–12mo', until: { count: 1, unit: 'y' } },
  { label: '1–2y', until: { count: 2, unit: 'y' } },
  { label: '>2y', until: null },
];

/** From the foot of a column to its top, and what each part is called. */
const VERDICTS = { keep: 'kept', undecided: 'undecided', warn: 'to warn', close: 'to close' } as const;
type Verdict = keyof typeof VERDICTS;

/** The bugs of one age, counted by verdict. */
interface Age {
  readonly label: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly total: number;
}

/** How many bugs were judged how at each age. */
function agesOf({ bugs, generatedAt }: Report): Age[] {
  const columns = AGES.map(({ label }) => ({ label, counts: { keep: 0, undecided: 0, warn: 0, close: 0 }, total: 0 }));
  for (const bug of bugs) {
    const column = columns[ageOf(bug, generatedAt)];
    if (!column) continue;
    column.counts[bug.verdict]++;
    column.total++;
  }
  return columns;
}

const ageOf = ({ createdAt }: ReportBug, now: string): number =>
  AGES.findIndex(({ until }) => until === null || !hasPassed(until, createdAt, now));

/** Pixels: where columns begin and how high the highest is. Widths are in percent, so that text keeps its size on any screen. */
const FOOT = 184;
const HIGHEST = 160;
const WIDTH = 100 / AGES.length;

/** How old the open bugs are, as columns coloured by verdict, with the same in numbers. */
export function ageChart(report: Report): Piece {
  if (report.bugs.length === 0) return null;
  const ages = agesOf(report);
  const used = (Object.keys(VERDICTS) as Verdict[]).filter((verdict) => ages.some(({ counts }) => counts[verdict] > 0));
  const scale = HIGHEST / Math.max(...ages.map(({ total }) => total));
  const summary = ages.map(({ label, total }) => `${label}: ${total}`).join(', ');
  return markup`<figure><h3>By age</h3>
<svg class="chart" role="img" aria-label="Open bugs by age. ${summary}" width="100%" height="210">
${ages.map((age, index) => column(age, index, used, scale))}<line class="axis" x1="0" x2="100%" y1="${FOOT}" y2="${FOOT}"/>
</svg>
<ul class="legend">${[...used].reverse().map((verdict) => markup`<li class="${verdict}">${VERDICTS[verdict]}</li>`)}</ul>
${numbers(ages, used)}</figure>
`;
}

function column({ label, counts, total }: Age, index: number, used: readonly Verdict[], scale: number): Markup {
  const middle = percent((index + 0.5) * WIDTH);
  const [left, width] = [percent((index + 0.14) * WIDTH), percent(0.72 * WIDTH)];
  let top = FOOT;
  const parts = used
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => {
      const height = Math.max(1, Math.round(counts[verdict] * scale));
      top -= height;
      return markup`<rect class="${verdict}" x="${left}" y="${top}" width="${width}" height="${height}"><title>${label}: ${counts[verdict]} ${VERDICTS[verdict]}</title></rect>`;
    });
  return markup`${parts}<text x="${middle}" y="${top - 6}">${total}</text><text class="label" x="${middle}" y="202">${label}</text>\n`;
}

const percent = (value: number): string => `${value.toFixed(2)}%`;

function numbers(ages: readonly Age[], used: readonly Verdict[]): Markup {
  const heads = used.map((verdict) => markup`<th scope="col">${VERDICTS[verdict]}</th>`);
  const rows = ages.map(
    ({ label, counts, total }) =>
      markup`<tr><th scope="row">${label}</th>${used.map((verdict) => markup`<td>${counts[verdict]}</td>`)}<td>${total}</td></tr>\n`,
  );
  return markup`<details><summary>In numbers</summary><table class="numbers"><caption>Open bugs by age and verdict</caption>
<thead><tr><th scope="col">age</th>${heads}<th scope="col">all</th></tr></thead>
<tbody>${rows}</tbody></table></details>`;
}
