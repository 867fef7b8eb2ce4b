import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { statusMap } from '../../../../src/trackers/jira/reading/category.js';
import { changeEvents } from '../../../../src/trackers/jira/reading/changelog.js';
import { instantOf } from '../../../../src/trackers/jira/reading/course.js';
import { changeEntry, jiraStatus } from '../../../../src/trackers/jira/transport/answers.js';

const status = (id: string, name: string, categoryId: number) => ({ id, name, statusCategory: { id: categoryId } });
const STATUSES = statusMap([status('1', 'Open', 2), status('3', 'Doing', 4), status('6', 'Closed', 3), status('7', 'Open', 2)]);
const CONTEXT = { statuses: STATUSES, self: 'me', targetFields: new Set(['customfield_10020']) };

const ALICE = { accountId: 'alice', displayName: 'Alice' };

interface Change {
  field: string;
  fieldId?: string;
  from?: string | null;
  fromString?: string | null;
  to?: string | null;
  toString?: string | null;
}

const entry = (items: object[], created: string | number = '2026-01-05T12:00:00.000+0100', id = '1') =>
  changeEntry.parse({ id, author: ALICE, created, items });
const move = (from: string, fromString: string, to: string, toText: string): Change => ({
  field: 'status',
  fieldId: 'status',
  from,
  fromString,
  to,
  toString: toText,
});

/** Kinds with their values: `moved Open → Closed`. */
function told(...entries: ReturnType<typeof entry>[]): string[] | undefined {
  return changeEvents(entries, CONTEXT)?.map(({ kind, from, value }) => `${kind} ${from ? `${from} → ` : ''}${value}`);
}

describe('a change', () => {
  test.each<[string, Change, string[]]>([
    ['of status', move('1', 'Open', '3', 'Doing'), ['moved Open → Doing']],
    ['that closes', move('3', 'Doing', '6', 'Closed'), ['moved Doing → Closed', 'closed null']],
    ['that reopens', move('6', 'Closed', '1', 'Open'), ['moved Closed → Open', 'reopened Open']],
    [
      'of a target, on Cloud',
      { field: 'Fix Version', fieldId: 'fixVersions', from: null, to: '9', toString: '2.0' },
      ['targeted 2.0'],
    ],
    [
      'of a target, on Data Center',
      { field: 'Fix Version', from: '9', fromString: '2.0', to: null, toString: null },
      ['untargeted 2.0'],
    ],
    [
      'from one target to another',
      { field: 'Fix Version', from: '9', fromString: '2.0', to: '8', toString: '3.0' },
      ['untargeted 2.0', 'targeted 3.0'],
    ],
    [
      'of labels',
      { field: 'labels', fieldId: 'labels', fromString: 'a b', toString: 'b c  d' },
      ['unlabeled a', 'labeled c', 'labeled d'],
    ],
    [
      'of the assignee',
      { field: 'assignee', fieldId: 'assignee', from: 'x', fromString: 'Xaver', to: 'y', toString: 'Yve' },
      ['unassigned Xaver', 'assigned Yve'],
    ],
    ['of the title', { field: 'summary', fieldId: 'summary', fromString: 'Old', toString: 'New' }, ['renamed Old → New']],
    [
      'of a sprint that counts',
      { field: 'Sprint', fieldId: 'customfield_10020', fromString: 'S 1', toString: 'S 1, S 2' },
      ['targeted S 2'],
    ],
    [
      'of a sprint that does not',
      { field: 'Sprint', fieldId: 'customfield_10021', fromString: 'S 1', toString: 'S 2' },
      ['edited Sprint'],
    ],
    ['of anything else', { field: 'Rank', fieldId: 'customfield_1', toString: 'higher' }, ['edited Rank']],
    [
      'of a custom field called like a field of Jira',
      { field: 'Labels', fieldId: 'customfield_2', toString: 'x' },
      ['edited Labels'],
    ],
  ])('%s', (_, change, events) => {
    expect(told(entry([change]))).toEqual(events);
  });

  test('without toString does not tell of the function that all objects have', () => {
    expect(told(entry([{ field: 'summary', fieldId: 'summary', fromString: 'Old' }]))).toEqual(['renamed Old → null']);
    expect(told(entry([{ field: 'Fix Version', fieldId: 'fixVersions', from: '9', fromString: '2.0' }]))).toEqual([
      'untargeted 2.0',
    ]);
  });

  test('that closes tells the resolution', () => {
    const resolved = { field: 'resolution', fieldId: 'resolution', to: '1', toString: "Won't Fix" };
    expect(told(entry([resolved, move('1', 'Open', '6', 'Closed')]))).toEqual([
      'edited resolution',
      'moved Open → Closed',
      "closed Won't Fix",
    ]);
  });

  test('without a time that can be understood makes the history incomplete', () => {
    expect(changeEvents([entry([], 'yesterday')], CONTEXT)).toBeNull();
  });
});

describe('a status that is no more', () => {
  const resolution = (to: string | null) => ({ field: 'resolution', fieldId: 'resolution', to, toString: to });

  test('is open as long as there is no resolution', () => {
    const entries = [entry([move('1', 'Open', '99', 'Review')], 1e12), entry([move('99', 'Review', '1', 'Open')], 2e12)];
    expect(told(...entries)).toEqual(['moved Open → Review', 'moved Review → Open']);
  });

  test('is done while there is one', () => {
    const entries = [
      entry([resolution("Won't Fix"), move('1', 'Open', '99', 'Rejected')], 1e12),
      entry([resolution(null), move('99', 'Rejected', '1', 'Open')], 1.5e12),
    ];
    expect(told(...entries)).toEqual([
      'edited resolution',
      'moved Open → Rejected',
      "closed Won't Fix",
      'edited resolution',
      'moved Rejected → Open',
      'reopened Open',
    ]);
  });

  test('means what its namesake means', () => {
    expect(told(entry([move('1', 'Open', '98', 'Closed')]))).toContain('closed null');
  });
});

describe('the order', () => {
  test('is that of time, however the entries come', () => {
    const entries = [entry([move('6', 'Closed', '1', 'Open')], 2e12, '2'), entry([move('1', 'Open', '6', 'Closed')], 1e12, '1')];
    expect(told(...entries)).toEqual(['moved Open → Closed', 'closed null', 'moved Closed → Open', 'reopened Open']);
  });

  test('does not depend on how bulk pages cut the list', () => {
    const entries = Array.from({ length: 12 }, (_, index) =>
      entry([index % 2 ? move('6', 'Closed', '1', 'Open') : move('1', 'Open', '6', 'Closed')], 1e12 + index * 1e6, String(index)),
    );
    const whole = told(...entries);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: 12 }), (shuffled) => {
        expect(told(...shuffled)).toEqual(whole);
      }),
    );
  });
});

describe('a time', () => {
  test.each([
    ['2026-01-05T12:00:00.000+0100', '2026-01-05T11:00:00Z'],
    [1492070429, '2017-04-13T08:00:29Z'],
    [1789487114594, '2026-09-15T15:45:14Z'],
    ['1789487114594', '2026-09-15T15:45:14Z'],
    ['soon', null],
    [Number.NaN, null],
    [1e300, null],
  ])('%s is %s', (created, at) => {
    expect(instantOf(created)).toBe(at);
  });
});

const localised = fileURLToPath(new URL('../../../../../shared/data/jira-cloud-localised.json.gz', import.meta.url));

test.skipIf(!existsSync(localised))('histories of a real Chinese site are understood', () => {
  const file = z.object({ status: z.array(jiraStatus), issue_changelogs: z.array(changeEntry) });
  const { status: list, issue_changelogs: entries } = file.parse(JSON.parse(gunzipSync(readFileSync(localised)).toString()));
  const context = { ...CONTEXT, statuses: statusMap(list) };
  // The file does not say which issue an entry belongs to; those that never were Closed went one way.
  const wasClosed = ({ items }: (typeof entries)[number]) => items.some(({ from, to }) => from === '6' || to === '6');
  const count = (kept: typeof entries) => {
    const kinds = changeEvents(kept, context)?.map(({ kind }) => kind) ?? [];
    return ['moved', 'closed', 'reopened'].map((kind) => kinds.filter((each) => each === kind).length);
  };
  // Counted by hand. Two of the statuses on the way, Code Review and 待测试, are no more.
  expect(count(entries.filter((each) => !wasClosed(each)))).toEqual([7, 1, 0]);
  expect(count(entries.filter(wasClosed))).toEqual([3, 2, 0]);
});
