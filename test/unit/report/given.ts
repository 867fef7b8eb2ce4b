import { type Report, type ReportBug, type ReportTracker, summarize } from '../../../src/report/document.js';
import type { Format, Palette, RenderOptions } from '../../../src/report/format.js';

export const NOW = '2026-11-22T09:00:00Z';

/** The instant so many days before {@link NOW}. */
export const daysAgo = (days: number): string => `${new Date(Date.parse(NOW) - days * 86_400_000).toISOString().slice(0, 19)}Z`;

/** What a rule found. */
export function aReason(rule: string, outcome: 'match' | 'no-match' | 'unknown', message: string): ReportBug['reasons'][number] {
  const criteria = ['target', 'untargetedFor', 'idleFor', 'warned', 'openFor'];
  return { rule, kind: criteria.includes(rule) ? 'criterion' : 'guard', policy: null, outcome, message, data: {} };
}

/** An entry of a report: proposed for closing, untargeted for 400 days and idle for 300. */
export function anEntry(parts: Partial<ReportBug> = {}): ReportBug {
  const ref = parts.ref ?? 'acme/app#1';
  return {
    ref,
    tracker: 'app',
    url: `https://github.com/${ref.replace('#', '/issues/')}`,
    title: 'It does not work',
    verdict: 'close',
    policy: 'untargeted',
    attention: false,
    priority: null,
    assignees: [],
    createdAt: daysAgo(400),
    updatedAt: daysAgo(300),
    untargetedSince: daysAgo(400),
    lastHumanActivityAt: daysAgo(300),
    engagement: 2,
    target: { class: 'untargeted', names: [] },
    reasons: [
      aReason('untargetedFor', 'match', 'no target release for 400 days'),
      aReason('idleFor', 'match', 'no human activity for 300 days'),
      aReason('target', 'match', 'no target release'),
      aReason('labels', 'no-match', 'no protecting label'),
    ],
    comment: 'This bug has had no target release for 400 days.',
    expect: { updatedAt: daysAgo(300) },
    result: null,
    ...parts,
  };
}

/** A kept entry; `protects` is the guard's message. */
export function aKept(protects: string, parts: Partial<ReportBug> = {}): ReportBug {
  const reasons = [aReason('priorities', 'match', protects), aReason('target', 'match', 'no target release')];
  return anEntry({ verdict: 'keep', policy: null, comment: null, reasons, ...parts });
}

/** An entry that could not be decided. */
export function anUndecided(doubt: string, parts: Partial<ReportBug> = {}): ReportBug {
  const reasons = [aReason('history', 'unknown', doubt), aReason('target', 'match', 'no target release')];
  const clocks = { untargetedSince: null, lastHumanActivityAt: null, engagement: null };
  return anEntry({ verdict: 'undecided', policy: null, comment: null, reasons, ...clocks, ...parts });
}

/** A tracker of a report, read completely. */
export function aTracker(parts: Partial<ReportTracker> = {}): ReportTracker {
  return { name: 'app', type: 'github', as: 'octocat', complete: true, open: 0, problems: [], notes: [], ...parts };
}

/** A report document of these bugs. */
export function aReport(bugs: readonly ReportBug[], parts: Partial<Report> = {}): Report {
  return {
    version: 1,
    kind: 'report',
    mode: 'dry-run',
    run: '20261122T090000Z-abcdef',
    generatedAt: NOW,
    tool: { name: 'bugprune', version: '1.2.3' },
    policyDigest: `sha256:${'0'.repeat(64)}`,
    trackers: [aTracker({ open: bugs.length })],
    summary: summarize(bugs),
    limits: null,
    bugs: [...bugs],
    ...parts,
  };
}

// chalk, too, joins all that it is given; a format must not hand it more than the text.
const same = (...texts: readonly string[]): string => texts.join(' ');

/** No colours. */
export const PLAIN: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same, link: (text) => text };

const escaped =
  (code: number) =>
  (...texts: readonly string[]) =>
    `\u001b[${code}m${texts.join(' ')}\u001b[39m`;

/** Colours, as a terminal gets them. */
export const COLOURED: Palette = {
  bold: escaped(1),
  dim: escaped(2),
  red: escaped(31),
  yellow: escaped(33),
  green: escaped(32),
  cyan: escaped(36),
  link: (text) => text,
};

/** How to render, without colours unless said otherwise. */
export function looks(parts: Partial<RenderOptions> = {}): RenderOptions {
  return { width: 80, palette: PLAIN, next: null, all: false, ...parts };
}

/** A report in a format, as one text. */
export function render(format: Format, report: Report, parts: Partial<RenderOptions> = {}): string {
  const rendered = format.render(report, looks(parts));
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}
