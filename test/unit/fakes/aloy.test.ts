import { describe, expect, test } from 'vitest';
import { classifyTargets } from '../../../src/model/target.js';
import { type AloyIssue, AS_OF, aloyBugs, loadAloy, present } from '../../fakes/aloy.js';

test('work that hangs on a bug is found while it is unfinished; what the bug waits for is none', () => {
  const related = (key: string, category: 'new' | 'done') => ({
    key,
    fields: { status: { name: 'x', statusCategory: { key: category } } },
  });
  const issue: AloyIssue = {
    id: '1',
    key: 'ALOY-1',
    fields: {
      issuetype: { name: 'Bug' },
      summary: 'It does not work',
      status: { name: 'Open', statusCategory: { key: 'new' } },
      resolution: null,
      created: '2020-01-01T00:00:00.000+0100',
      updated: '2020-01-01T00:00:00.000+0100',
      reporter: null,
      assignee: null,
      labels: [],
      fixVersions: [],
      comment: { comments: [], total: 0 },
      subtasks: [related('ALOY-2', 'new'), related('ALOY-3', 'done')],
      issuelinks: [
        { type: { name: 'Blocks' }, outwardIssue: related('ALOY-4', 'new') },
        { type: { name: 'Blocks' }, outwardIssue: related('ALOY-5', 'done') },
        { type: { name: 'Blocks' } },
        { type: { name: 'Relates' }, outwardIssue: related('ALOY-6', 'new') },
      ],
    },
  };
  const [bug] = aloyBugs([issue]);
  expect(bug?.createdAt).toBe('2019-12-31T23:00:00Z');
  expect(bug?.linkedWork).toEqual([
    { kind: 'child', name: 'ALOY-2' },
    { kind: 'blocks', name: 'ALOY-4' },
  ]);
});

describe.skipIf(!present)('a real Jira Server project', () => {
  const issues = present ? loadAloy() : [];
  const bugs = aloyBugs(issues);
  const open = bugs.filter(({ state }) => state === 'open');
  const classes = open.map(({ targets }) => classifyTargets(targets, () => false));

  test('1,499 issues, 623 bugs', () => {
    expect([issues.length, bugs.length]).toEqual([1_499, 623]);
    expect(new Set(bugs.map(({ ref }) => ref)).size).toBe(623);
  });

  test('52 are open by status category; of the 53 without a resolution one is done', () => {
    const unresolved = issues.filter(({ fields }) => fields.issuetype.name === 'Bug' && fields.resolution === null);
    const refs = new Set(unresolved.map(({ key }) => key));
    expect(open.length).toBe(52);
    expect(unresolved.length).toBe(53);
    expect(bugs.filter(({ ref, state }) => refs.has(ref) && state === 'closed').length).toBe(1);
    expect(open.every(({ ref }) => refs.has(ref))).toBe(true);
  });

  test('50 of them are untargeted, 2 have slipped', () => {
    expect(classes.filter((name) => name === 'untargeted').length).toBe(50);
    expect(classes.filter((name) => name === 'slipped').length).toBe(2);
  });

  test('everything has happened by the day the data was taken, in order', () => {
    for (const { createdAt, updatedAt, events } of bugs) {
      const times = [createdAt, ...events.map(({ at }) => at)];
      expect(times).toEqual(times.toSorted());
      expect(updatedAt <= AS_OF && updatedAt >= createdAt).toBe(true);
    }
  });

  test('some comments are counted but missing, so no history is complete', () => {
    expect(new Set(bugs.map(({ history }) => history))).toEqual(new Set(['partial']));
    expect(bugs.some(({ comments, events }) => comments !== events.length)).toBe(true);
  });
});
