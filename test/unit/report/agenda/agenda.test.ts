import { describe, expect, test } from 'vitest';
import { agendaOf } from '../../../../src/report/agenda/agenda.js';
import { agendaSchema } from '../../../../src/report/agenda/json.js';
import type { Report, ReportBug } from '../../../../src/report/document.js';
import { FORMATS } from '../../../../src/report/formats.js';
import { aKept, anEntry, anUndecided, aReason, aReport, aTracker, daysAgo, render } from '../given.js';
import { CONTROL, LOG_COMMAND, REPORTS } from '../hostile.js';

const markdown = (report: Report) => render(FORMATS.agenda, report);
const json = (report: Report) => JSON.parse(render(FORMATS['agenda-json'], report));

/** To be warned, and closed on that day at the earliest. */
const toWarn = (closesOn: string, parts: Partial<ReportBug>) =>
  anEntry({
    verdict: 'warn',
    policy: 'gentle',
    reasons: [{ ...aReason('warned', 'match', 'to be warned first'), policy: 'gentle', data: { closesOn } }],
    ...parts,
  });

/** Warned already. */
const ageing = (closesOn: string, parts: Partial<ReportBug>) =>
  aKept('', {
    reasons: [{ ...aReason('warned', 'no-match', 'warned less than 1 week ago'), policy: 'gentle', data: { closesOn } }],
    ...parts,
  });

const BUGS = [
  anEntry({ ref: 'acme/app#1', title: 'Crash on exit', assignees: ['mona'], untargetedSince: daysAgo(412) }),
  anEntry({ ref: 'acme/app#2', title: 'Print preview is empty', assignees: ['octocat', 'mona', 'mona'] }),
  ageing('2026-11-24', { ref: 'acme/app#3', title: 'Typo in the about box', assignees: ['mona'] }),
  ageing('2026-11-29', { ref: 'acme/app#4', title: 'Slow start', assignees: ['mona'] }),
  ageing('2026-11-24', { ref: 'acme/app#5', title: 'Wrong colour', assignees: ['mona'] }),
  toWarn('2026-11-29', { ref: 'acme/app#6', title: '保存時にクラッシュする', assignees: ['octocat'] }),
  aKept('priority Blocker protects it', { ref: 'acme/app#7', title: 'Data loss', attention: true, assignees: ['octocat'] }),
  aKept('label pinned protects it', { ref: 'acme/app#8', assignees: ['octocat'] }),
  anUndecided('its history could not be read completely', { ref: 'acme/app#9', assignees: ['octocat'] }),
  anEntry({ ref: 'ERP-7', tracker: 'erp', title: 'VAT | <gross> @everyone', assignees: ['@evil *name*'] }),
  anEntry({ ref: 'ERP-8', tracker: 'erp', title: '' }),
  ...Array.from({ length: 11 }, (_, index) => anEntry({ ref: `acme/app#${index + 20}`, title: `Nobody's bug ${index}` })),
];
const REPORT = aReport(BUGS, {
  trackers: [aTracker({ complete: false, problems: ['page 4 is missing'] }), aTracker({ name: 'erp', type: 'jira' })],
  limits: { closes: 25, warnings: 50, by: 'closes' },
});
const RUN: Report = {
  ...REPORT,
  mode: 'prune',
  bugs: BUGS.map((bug) => {
    const status = { 'acme/app#1': 'closed', 'acme/app#2': 'failed', 'acme/app#6': 'warned' }[bug.ref] as 'closed' | undefined;
    return status
      ? { ...bug, result: { status, detail: status === 'closed' ? 'closed as not_planned' : 'the comment was refused' } }
      : bug;
  }),
};

describe('what lies before people', () => {
  const parts = agendaOf(REPORT).map(({ owner, items }) => [
    owner,
    ...items.map(({ kind, closesOn, bugs }) => [kind, closesOn, bugs.map(({ ref }) => ref).join(' ')]),
  ]);

  test('by name, those that nobody owns last; by kind, and by the day on which they close', () => {
    expect(parts.slice(0, 3)).toEqual([
      ['@evil *name*', ['close', '2026-11-22', 'ERP-7']],
      [
        'mona',
        ['ageing', '2026-11-24', 'acme/app#3 acme/app#5'],
        ['ageing', '2026-11-29', 'acme/app#4'],
        ['close', '2026-11-22', 'acme/app#1 acme/app#2'],
      ],
      ['octocat', ['attention', null, 'acme/app#7'], ['close', '2026-11-22', 'acme/app#2'], ['warn', '2026-11-29', 'acme/app#6']],
    ]);
    expect(parts.slice(3)).toEqual([
      [
        null,
        [
          'close',
          '2026-11-22',
          'acme/app#20 acme/app#21 acme/app#22 acme/app#23 acme/app#24 acme/app#25 acme/app#26 acme/app#27 acme/app#28 acme/app#29 acme/app#30 ERP-8',
        ],
      ],
    ]);
  });

  test('after a run: what was closed, what was warned and when it closes, what was not done', () => {
    const own = agendaOf(RUN).map(({ owner, items }) => [
      owner,
      ...items.map(({ kind, closesOn, bugs }) => [kind, closesOn, bugs[0]?.ref]),
    ]);
    expect(own).toEqual([
      ['@evil *name*', ['close', '2026-11-22', 'ERP-7']],
      [
        'mona',
        ['ageing', '2026-11-24', 'acme/app#3'],
        ['ageing', '2026-11-29', 'acme/app#4'],
        ['trouble', null, 'acme/app#2'],
        ['closed', null, 'acme/app#1'],
      ],
      ['octocat', ['attention', null, 'acme/app#7'], ['ageing', '2026-11-29', 'acme/app#6'], ['trouble', null, 'acme/app#2']],
      [null, ['close', '2026-11-22', 'ERP-8']],
    ]);
  });

  test('a reviewer who keeps or snoozes a bug takes it off', () => {
    const reviewed = [
      toWarn('2026-11-29', { verdict: 'keep', assignees: ['mona'] }),
      ageing('2026-11-29', { snooze: '2027-03-01', assignees: ['mona'] }),
    ];
    expect(agendaOf(aReport(reviewed))).toEqual([]);
  });

  test('a report that knows no days has none', () => {
    const { items } = agendaOf(aReport([anEntry({ verdict: 'warn', assignees: ['mona'] })]))[0] ?? { items: [] };
    expect(items).toMatchObject([{ kind: 'warn', closesOn: null }]);
  });
});

describe('Markdown', () => {
  test('before a run, and after it', async () => {
    await expect(markdown(REPORT)).toMatchFileSnapshot('../../../golden/report/agenda.md');
    await expect(markdown(RUN)).toMatchFileSnapshot('../../../golden/report/agenda-pruned.md');
  });

  test('says so where there is nothing, and where the limits allow less', () => {
    expect(markdown(aReport([aKept('label pinned protects it')]))).toContain('\n\nNobody has anything to decide.\n');
    expect(markdown({ ...REPORT, limits: { closes: 1, warnings: 9, by: 'share' } })).toContain(
      '**That is more than limits.share allows (1).**',
    );
  });

  test('fits into a comment of any tracker that takes a job summary, whatever the backlog', () => {
    const bugs = Array.from({ length: 3000 }, (_, index) =>
      anEntry({ ref: `acme/app#${index}`, title: '漢'.repeat(256), assignees: [`user-${index % 3}`] }),
    );
    const text = markdown(aReport(bugs));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text.match(/^- \[/gm)).toHaveLength(1000);
    expect(text).toContain('**1000 close at the next prune unless they get a target release**\n\n- … and 1000 more');
  });

  const all = REPORTS.map(markdown);

  test('mentions nobody, refers to nothing, and links to nothing but the bugs', () => {
    for (const text of all) {
      const prose = text.replace(/^- \[(?:\\.|[^\]\\])*\]\((https?:[^)\s]*)\)/gm, '- LINK');
      expect(prose).not.toMatch(/@[\w\\]/);
      expect(prose).not.toMatch(/#\d|\bGH-\d/i);
      expect(prose).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)\[/);
      expect(prose).not.toMatch(/\b(https?|ftp):|\bwww\./i);
      expect(text.replace(/^>(?= |$)/gm, '')).not.toMatch(/[<>]/);
    }
  });

  test('has no lines but our own', () => {
    for (const text of all) {
      for (const line of text.split('\n')) {
        expect(line).toMatch(/^($|## bugprune agenda, |### |\*\*\d+ |- |> \*\*Incomplete|>$|At least \d+ open)/);
        expect(line).not.toMatch(CONTROL);
        expect(line).not.toMatch(LOG_COMMAND);
      }
    }
  });
});

describe('JSON', () => {
  test.each([
    ['a report', REPORT],
    ['a run', RUN],
    ['nothing', aReport([])],
  ])('is what its schema says: %s', (_, report) => {
    expect(agendaSchema.parse(json(report))).toEqual(json(report));
  });

  test('is grouped in the same way, with what a message to each person needs', () => {
    const { people, ...head } = json(REPORT);
    expect(head).toEqual({
      version: 1,
      kind: 'agenda',
      mode: 'dry-run',
      run: REPORT.run,
      generatedAt: REPORT.generatedAt,
      complete: false,
    });
    expect(people.map(({ owner }: { owner: string | null }) => owner)).toEqual(['@evil *name*', 'mona', 'octocat', null]);
    expect(people[1].items[0]).toMatchObject({
      kind: 'ageing',
      closesOn: '2026-11-24',
      words: '2 close on 2026-11-24 unless they get a target release',
      bugs: [
        { ref: 'acme/app#3', url: 'https://github.com/acme/app/issues/3', title: 'Typo in the about box' },
        { ref: 'acme/app#5' },
      ],
    });
  });

  test('cannot be taken for a report', () => {
    expect(json(REPORT).kind).toBe('agenda');
  });
});
