import { percent } from '../../model/phrases.js';
import { type Markup, markup, type Piece } from '../html/markup.js';
import type { Backtests } from './document.js';
import { type Row, rowsOf } from './words.js';

/** Pixels: the lines of the highest rate and of none. */
const TOP = 24;
const FOOT = 184;

/** Percent of the width: no point lies nearer to the edges, and names of points that are nearer to each other would meet. */
const MARGIN = 8;
const NEAR = 6;

/** Trials that came to the same, as one point. `least` and `most` are rates. */
interface Point {
  readonly kind: Row['kind'];
  readonly names: readonly string[];
  /** What stands beside it; the colours tell of the rest. */
  readonly shown: string;
  readonly closed: number;
  readonly rate: number;
  readonly least: number;
  readonly most: number;
}

/** How much is regretted of how much: a point for each trial that closes anything, and the line that none should be above. */
export function regretChart(document: Backtests): Piece {
  const { bound, variations } = document;
  const points = pointsOf(rowsOf(document), variations.length > 0);
  if (points.length === 0) return null;
  const highest = roundedUp(Math.max(...points.map(({ most }) => most), bound));
  const widest = Math.max(...points.map(({ closed }) => closed));
  const x = ({ closed }: Pick<Point, 'closed'>) => MARGIN + (closed / widest) * (100 - 2 * MARGIN);
  const y = (rate: number) => Math.round(FOOT - (rate / highest) * (FOOT - TOP));
  const line = points.filter(({ kind }) => kind !== 'staleBot').map((point) => `${x(point).toFixed(2)},${y(point.rate)}`);
  const summary = points.map(({ names, closed, rate }) => `${names.join(', ')}: ${closed} closed, ${percent(rate)}`).join('; ');
  return markup`<figure><h3>Regrets per closure</h3>
<svg class="chart" role="img" aria-label="${summary}" width="100%" height="210">
<line class="axis" x1="0" x2="100%" y1="${FOOT}" y2="${FOOT}"/><line class="grid" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/><line class="bound" x1="0" x2="100%" y1="${y(bound)}" y2="${y(bound)}"/>
<text class="start" x="0" y="${TOP - 6}">${percent(highest)}</text><text class="left limit" x="0" y="${y(bound) - 5}">${percent(bound)}</text>
<svg width="100%" height="210" viewBox="0 0 100 210" preserveAspectRatio="none"><polyline points="${line.join(' ')}"/></svg>
${namedApart(points, x).map(([point, below]) => dot(point, x(point), y, below))}<text class="start label" x="0" y="202">0</text><text class="label" x="50%" y="202">bugs closed</text><text class="label" x="${x({ closed: widest }).toFixed(2)}%" y="202">${widest}</text>
</svg>
<ul class="legend">${kindsIn(points)}</ul></figure>
`;
}

/** To the next five percent, with room for the names. */
const roundedUp = (rate: number): number => Math.min(1, Math.ceil(rate * 1.1 * 20) / 20);

/** Ordered by how much they close. */
function pointsOf(rows: readonly Row[], varied: boolean): Point[] {
  const points = new Map<string, Point>();
  for (const { kind, label, backtest } of rows) {
    const { closed, rate } = backtest.summary;
    if (rate === null) continue;
    const { least, most } = backtest.range.rate;
    const shown = kind === 'variation' || !varied ? label : '';
    const point = { kind, names: [label], shown, closed, rate, least: least ?? rate, most: most ?? rate };
    const same = points.get(`${closed} ${rate}`);
    points.set(
      `${closed} ${rate}`,
      same ? { ...same, names: [...same.names, label], shown: [same.shown, shown].filter(Boolean).join(' = ') } : point,
    );
  }
  return [...points.values()].toSorted((a, b) => a.closed - b.closed);
}

/** Names stand above their points; of two that would meet, the second below. */
function namedApart(points: readonly Point[], x: (point: Point) => number): [Point, boolean][] {
  let [last, below] = [-100, false];
  return points.map((point) => {
    if (point.shown !== '') {
      below = x(point) - last < NEAR && !below;
      last = x(point);
    }
    return [point, below];
  });
}

function dot(point: Point, left: number, y: (rate: number) => number, below: boolean): Markup {
  const { kind, names, shown, closed, rate } = point;
  const at = `${left.toFixed(2)}%`;
  const [top, bottom] = [y(point.most), y(point.least)];
  const whisker = top === bottom ? null : markup`<line class="whisker" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/>`;
  const side = left < 20 ? 'left' : left > 80 ? 'right' : 'middle';
  const baseline = below ? Math.max(bottom, y(rate) + 5) + 14 : Math.min(top, y(rate) - 5) - 6;
  const name = shown === '' ? null : markup`<text class="${side}" x="${at}" y="${baseline}">${shown}</text>`;
  return markup`${whisker}<circle class="${kind}" cx="${at}" cy="${y(rate)}" r="5"><title>${names.join(', ')}: ${closed} closed, ${percent(rate)} regretted</title></circle>${name}\n`;
}

function kindsIn(points: readonly Point[]): Markup[] {
  const words = { policy: 'as configured', variation: 'other thresholds', staleBot: 'stale bot' } as const;
  const kinds = (Object.keys(words) as Row['kind'][]).filter((kind) => points.some((point) => point.kind === kind));
  return kinds.map((kind) => markup`<li class="${kind}">${words[kind]}</li>`);
}
