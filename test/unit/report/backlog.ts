import type { Report } from '../../../src/report/document.js';
import { aKept, anEntry, anUndecided, aReason, aReport, aTracker, daysAgo } from './given.js';

const warned = [
  aReason('warned', 'match', 'to be warned first, and closed 1 week later'),
  aReason('untargetedFor', 'match', 'no target release for 61 days'),
  aReason('idleFor', 'match', 'no human activity for 44 days'),
];

const BUGS = [
  anEntry({
    ref: 'acme/app#12',
    title: 'Crash when saving a file with a name that is longer than what the file system of the machine can take',
    untargetedSince: daysAgo(1404),
    lastHumanActivityAt: daysAgo(903),
  }),
  anEntry({
    ref: 'acme/app#1377',
    title: 'Print preview is empty',
    untargetedSince: daysAgo(60),
    lastHumanActivityAt: daysAgo(15),
  }),
  anEntry({
    ref: 'acme/app#204',
    title: '保存時にアプリケーションがクラッシュする（日本語のファイル名を使う場合にだけ起こるようです）',
    lastHumanActivityAt: null,
  }),
  anEntry({ ref: 'acme/app#205', title: '👩‍👩‍👧‍👦 family emoji 🏳️‍🌈 in titles 🎉 shift every column to the right of them 👍🏽' }),
  anEntry({ ref: 'acme/app#206', title: '' }),
  anEntry({
    ref: 'acme/app#300',
    title: 'Dark mode is not dark enough',
    verdict: 'warn',
    policy: 'cosmetic',
    reasons: warned,
    untargetedSince: daysAgo(61),
    lastHumanActivityAt: daysAgo(44),
  }),
  anEntry({
    ref: 'ERP-7',
    tracker: 'erp',
    url: 'https://acme.atlassian.net/browse/ERP-7',
    title: 'Rounding of VAT | gross <-> net is off by 1 ct',
  }),
  aKept('priority Critical protects it', {
    ref: 'acme/app#41',
    title: 'Data loss when two people save at once',
    attention: true,
    priority: 'Critical',
    assignees: ['octocat', 'hubot'],
  }),
  aKept('1.4 is over, and it is still open', {
    ref: 'ERP-99',
    tracker: 'erp',
    url: 'https://acme.atlassian.net/browse/ERP-99',
    title: 'Export takes an hour',
    attention: true,
    target: { class: 'slipped', names: ['1.4'] },
    reasons: [aReason('target', 'no-match', '1.4 is over, and it is still open')],
  }),
  aKept('label pinned protects it', { ref: 'acme/app#50' }),
  anUndecided('its history could not be read completely', { ref: 'acme/app#77', title: 'Freezes after ten thousand comments' }),
];

/** A report with one of everything: what the goldens show. */
export const BACKLOG: Report = aReport(BUGS, {
  trackers: [
    aTracker({
      open: 9,
      complete: false,
      problems: ['acme/app page 4 of the issues: the answer was cut off after 30 seconds; what came before it stands'],
      notes: ['acme/attic is archived and was left out'],
    }),
    aTracker({ name: 'erp', type: 'jira', as: 'Lea Lead', open: 2 }),
  ],
  limits: { closes: 25, warnings: 50, by: 'closes' },
});

/** The same where a prune may do less than that. */
export const TOO_MUCH: Report = { ...BACKLOG, limits: { closes: 3, warnings: 0, by: 'share' } };

const RESULTS: Readonly<Record<string, Report['bugs'][number]['result']>> = {
  'acme/app#12': { status: 'closed', detail: 'closed as not_planned' },
  'acme/app#1377': { status: 'skipped', detail: 'a person has acted on it since the report, on 2026-11-22T08:58:00Z' },
  'acme/app#204': { status: 'already-closed', detail: 'is closed already' },
  'acme/app#205': { status: 'failed', detail: 'the comment was refused: 403' },
  'acme/app#300': { status: 'warned', detail: 'commented' },
};

/** The same after a prune. */
export const PRUNED: Report = {
  ...BACKLOG,
  mode: 'prune',
  run: '20261122T090000Z-c0ffee',
  bugs: BACKLOG.bugs.map((bug) => ({ ...bug, result: RESULTS[bug.ref] ?? null })),
};

/** A backlog in which there is nothing to do. */
export const CLEAN: Report = aReport([aKept('label pinned protects it')]);
