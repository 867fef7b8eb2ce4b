import type { BacklogPoint } from '../format.js';
import { markup, type Piece } from './markup.js';

/** Pixels: the lines of the most bugs and of none. */
const TOP = 24;
const FOOT = 184;

/** How the backlog grew or shrank, as a line, with the same in numbers; nothing where there are no two moments to compare. */
export function trendChart(points: readonly BacklogPoint[]): Piece {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last || first.at >= last.at) return null;
  const most = Math.max(1, ...points.map(({ open }) => open));
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const x = ({ at }: BacklogPoint) => (((Date.parse(at) - start) / (end - start)) * 100).toFixed(2);
  const y = ({ open }: BacklogPoint) => Math.round(FOOT - (open / most) * (FOOT - TOP));
  const line = points.map((point) => `${x(point)},${y(point)}`).join(' ');
  const rows = points.map(({ at, open }) => markup`<tr><th scope="row">${dayOf(at)}</th><td>${open}</td></tr>\n`);
  return markup`<figure><h3>Over time</h3>
<svg class="chart" role="img" aria-label="Open bugs over time: ${first.open} on ${dayOf(first.at)}, ${last.open} on ${dayOf(last.at)}" width="100%" height="210">
<line class="axis" x1="0" x2="100%" y1="${FOOT}" y2="${FOOT}"/><line class="grid" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/>
<svg width="100%" height="210" viewBox="0 0 100 210" preserveAspectRatio="none"><polygon points="0,${FOOT} ${line} 100,${FOOT}"/><polyline points="${line}"/></svg>
<circle cx="100%" cy="${y(last)}" r="4"/><text class="end" x="100%" y="${y(last) - 12}">${last.open}</text>
<text class="start" x="0" y="${TOP - 6}">${most}</text>
<text class="start label" x="0" y="202">${dayOf(first.at)}</text><text class="end label" x="100%" y="202">${dayOf(last.at)}</text>
</svg>
<details><summary>In numbers</summary><table class="numbers"><caption>Open bugs over time</caption>
<thead><tr><th scope="col">day</th><th scope="col">open</th></tr></thead>
<tbody>${rows}</tbody></table></details></figure>
`;
}

const dayOf = (at: string): string => at.slice(0, '2026-11-22'.length);
