import type { Week } from '../../backtest/document.js';
import { sampled } from '../bars.js';
import { markup, type Piece } from '../html/markup.js';
import { dayOf } from './words.js';

/** Pixels: the lines of the most bugs and of none. */
const TOP = 24;
const FOOT = 184;

/** More than anybody can see, or wants to read. */
const MOST_POINTS = 160;

/** The backlog over time, in reality and with the policies, with the same in numbers; nothing where there are no two runs. */
export function backlogChart(weeks: readonly Week[]): Piece {
  const points = sampled(weeks, MOST_POINTS);
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last || first.at >= last.at) return null;
  const most = Math.max(1, ...points.flatMap(({ open, withPolicy }) => [open, withPolicy]));
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const x = ({ at }: Week) => (((Date.parse(at) - start) / (end - start)) * 100).toFixed(2);
  const y = (bugs: number) => Math.round(FOOT - (bugs / most) * (FOOT - TOP));
  const line = (sizeOf: (week: Week) => number) => points.map((week) => `${x(week)},${y(sizeOf(week))}`).join(' ');
  // The numbers at the end stand above the upper line and below the lower one, where they cannot meet.
  const below = Math.min(y(last.withPolicy) + 18, FOOT - 4);
  const rows = points.map(
    ({ at, open, withPolicy }) => markup`<tr><th scope="row">${dayOf(at)}</th><td>${open}</td><td>${withPolicy}</td></tr>\n`,
  );
  return markup`<figure><h3>Open bugs over time</h3>
<svg class="chart" role="img" aria-label="Open bugs on ${dayOf(last.at)}: ${last.open} in reality, ${last.withPolicy} with the policy" width="100%" height="210">
<line class="axis" x1="0" x2="100%" y1="${FOOT}" y2="${FOOT}"/><line class="grid" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/>
<svg width="100%" height="210" viewBox="0 0 100 210" preserveAspectRatio="none"><polyline class="real" points="${line(({ open }) => open)}"/><polyline class="ours" points="${line(({ withPolicy }) => withPolicy)}"/></svg>
<circle class="real" cx="100%" cy="${y(last.open)}" r="4"/><text class="right" x="100%" y="${y(last.open) - 10}">${last.open}</text>
<circle class="ours" cx="100%" cy="${y(last.withPolicy)}" r="4"/><text class="right" x="100%" y="${below}">${last.withPolicy}</text>
<text class="start" x="0" y="${TOP - 6}">${most}</text>
<text class="start label" x="0" y="202">${dayOf(first.at)}</text><text class="end label" x="100%" y="202">${dayOf(last.at)}</text>
</svg>
<ul class="legend"><li class="real">in reality</li><li class="ours">with the policy</li></ul>
<details><summary>In numbers</summary><table class="numbers"><caption>Open bugs over time</caption>
<thead><tr><th scope="col">run</th><th scope="col">in reality</th><th scope="col">with the policy</th></tr></thead>
<tbody>${rows}</tbody></table></details></figure>
`;
}
