import type { Backtest, Closure } from '../../../../src/backtest/document.js';
import { add } from '../../../../src/model/duration.js';
import type { Backtests } from '../../../../src/report/backtest/document.js';
import type { BacktestFormat, BacktestLooks } from '../../../../src/report/backtest/format.js';
import { PLAIN } from '../given.js';

const FROM = '2024-11-22T09:00:00Z';
const TO = '2026-11-22T09:00:00Z';

/** The instant so many weeks after the first run. */
const week = (number: number): string => (number === 0 ? FROM : add(FROM, { count: number, unit: 'w' }));

/** Closed in the tenth week; people came back to it if there are `days`. */
export function aClosure(ref: string, days: number | null, parts: Partial<Closure> = {}): Closure {
  const at = week(10);
  return {
    ref,
    tracker: 'app',
    url: `https://github.com/${ref.replace('#', '/issues/')}`,
    title: 'It does not work',
    policy: 'untargeted',
    at,
    fate: days === null ? 'none' : 'fixed',
    fateAt: days === null ? null : add(at, { count: days, unit: 'd' }),
    days,
    echoes: 0,
    ...parts,
  };
}

const CLOSURES = [
  aClosure('acme/app#12', 61, { title: 'Export writes an empty file', fate: 'targeted' }),
  aClosure('acme/app#1204', 3, {
    title: 'Cannot sign in with a hardware key on the first day of the month, behind a corporate proxy',
  }),
  aClosure('acme/app#77', 200, { title: '', fate: 'reopened' }),
  aClosure('acme/app#90', null),
];

/** A document whose numbers agree as far as anybody looks at them together. */
export function aBacktest(parts: Partial<Omit<Backtest, 'summary'>> = {}, summary: Partial<Backtest['summary']> = {}): Backtest {
  return {
    version: 1,
    kind: 'backtest',
    subject: 'the policy "untargeted"',
    from: FROM,
    to: TO,
    every: '1w',
    policyDigest: null,
    weeks: Array.from({ length: 105 }, (_, number) => ({
      at: week(number),
      open: 160 + Math.floor(number / 4),
      withPolicy: number < 10 ? 160 + Math.floor(number / 4) : 50 + Math.floor(number / 12),
      closed: number === 10 ? 128 : 0,
      warned: 0,
    })),
    closures: CLOSURES,
    rescued: [],
    summary: {
      bugs: 412,
      open: 300,
      closed: 128,
      warned: 0,
      rescued: 0,
      regrets: 9,
      rate: 0.0703,
      medianDays: 61,
      echoed: 2,
      ...summary,
    },
    protection: [
      { guard: 'comments', setting: 'comments: 5', regrets: 6, others: 10, rate: 0.0268 },
      { guard: 'votes', setting: 'votes: 3', regrets: 5, others: 30, rate: 0.043 },
      { guard: 'labels', setting: 'labels: ["customer"]', regrets: 3, others: 0, rate: null },
    ],
    assumptions: ['What happened is known until 2026-11-22: 28 closures had less than 26 weeks to be regretted.'],
    range: { closed: { least: 120, most: 140 }, regrets: { least: 6, most: 17 }, rate: { least: 0.05, most: 0.1214 } },
    ...parts,
  };
}

const STALE = 'a stale bot: 60 days without a change, then 7 more';

/** The policies and the stale bot. */
export function aDocument(parts: Partial<Backtests> = {}): Backtests {
  return {
    version: 1,
    kind: 'backtests',
    tool: { name: 'bugprune', version: '1.2.3' },
    snapshots: [{ name: 'history', source: 'github:acme/app', takenAt: TO, whole: true }],
    bound: 0.05,
    policy: aBacktest(),
    variations: [],
    staleBot: aBacktest({ subject: STALE }, { closed: 150, regrets: 30, rate: 0.2, medianDays: 12.5, warned: 160, rescued: 7 }),
    comparison: null,
    ...parts,
  };
}

const variation = (threshold: string, closed: number, regrets: number) => ({
  threshold,
  backtest: aBacktest(
    { subject: `untargetedFor: ${threshold}`, range: aBacktest().range },
    { closed, regrets, rate: closed === 0 ? null : regrets / closed },
  ),
});

/** The same with other thresholds, of which the last would close nothing. */
export const VARIED: Backtests = aDocument({
  variations: [variation('4w', 140, 21), variation('6w', 128, 9), variation('12w', 100, 3), variation('10y', 0, 0)],
  comparison: {
    version: 1,
    kind: 'comparison',
    rows: [],
    bound: 0.05,
    recommended: '12w',
    recommendation: '12w is the shortest threshold that stays under 5 %.',
  },
});

/** A policy that warns, over a snapshot of open bugs only. */
export const WARNED: Backtests = aDocument({
  snapshots: [{ name: 'backlog', source: 'github:acme/app', takenAt: TO, whole: false }],
  policy: aBacktest({ protection: [] }, { warned: 150, rescued: 12 }),
});

/** Nothing to do at all. */
export const IDLE: Backtests = aDocument({
  policy: aBacktest(
    {
      weeks: [],
      closures: [],
      protection: [],
      assumptions: [],
      range: { closed: { least: 0, most: 0 }, regrets: { least: 0, most: 0 }, rate: { least: null, most: null } },
    },
    { open: 1, closed: 0, regrets: 0, rate: null, medianDays: null },
  ),
});

/** How to render, without colours unless said otherwise. */
function looks(parts: Partial<BacktestLooks> = {}): BacktestLooks {
  const next = [{ label: 'Other thresholds beside it', command: 'bugprune backtest history.ndjson --vary' }];
  return { width: 80, palette: PLAIN, all: false, next, ...parts };
}

/** A document in a format, as one text. */
export function render(format: BacktestFormat, document: Backtests, parts: Partial<BacktestLooks> = {}): string {
  const rendered = format.render(document, looks(parts));
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}

/** A document in which every text that comes from elsewhere is hostile. */
export function poisoned(text: string, url: string): Backtests {
  const closures = [
    aClosure(text, 3, { title: text, url, tracker: text, policy: text }),
    aClosure(text, 5, { title: text, url }),
  ];
  const protection = [
    { guard: 'labels' as const, setting: `labels: [${JSON.stringify(text)}]`, regrets: 4, others: 0, rate: 0.01 },
  ];
  return aDocument({
    snapshots: [{ name: text, source: text, takenAt: TO, whole: false }],
    tool: { name: 'bugprune', version: text },
    policy: aBacktest({ closures, protection, subject: `the policy "${text}"`, assumptions: [text] }),
    comparison: { version: 1, kind: 'comparison', rows: [], bound: 0.05, recommended: text, recommendation: text },
    variations: [{ threshold: text, backtest: aBacktest({ subject: text }) }],
  });
}
