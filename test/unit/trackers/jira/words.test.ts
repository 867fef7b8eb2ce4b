import { describe, expect, test } from 'vitest';
import { actorOf } from '../../../../src/trackers/jira/reading/actor.js';
import { categoryOf, statusMap } from '../../../../src/trackers/jira/reading/category.js';

const status = (id: string, name: string, categoryId: number) => ({ id, name, statusCategory: { id: categoryId } });

describe('an actor', () => {
  test.each([
    [
      { accountId: 'a', displayName: 'Ann', accountType: 'atlassian' },
      { id: 'a', name: 'Ann', kind: 'human' },
    ],
    [
      { accountId: 'b', displayName: 'Automation', accountType: 'app' },
      { id: 'b', name: 'Automation', kind: 'bot' },
    ],
    [
      { accountId: 'c', displayName: 'Carl', accountType: 'customer' },
      { id: 'c', name: 'Carl', kind: 'human' },
    ],
    [
      { accountId: '', displayName: 'Runjuu' },
      { id: null, name: 'Runjuu', kind: 'human' },
    ],
    [
      { accountId: 'me', displayName: 'Lead' },
      { id: 'me', name: 'Lead', kind: 'human', self: true },
    ],
    [
      { name: 'Me', key: 'JIRAUSER1', displayName: 'Lead' },
      { id: 'Me', name: 'Lead', kind: 'human', self: true },
    ],
    [
      { name: 'bob', displayName: 'Bob' },
      { id: 'bob', name: 'Bob', kind: 'human' },
    ],
    [{ key: 'JIRAUSER2' }, { id: 'JIRAUSER2', name: 'JIRAUSER2', kind: 'human' }],
    [{}, null],
    [null, null],
    [undefined, null],
  ])('%j', (user, actor) => {
    expect(actorOf(user, 'me')).toEqual(actor);
  });
});

describe('a category', () => {
  test.each([
    [{ id: 2, key: 'new' }, 'new'],
    [{ id: 4, key: 'indeterminate' }, 'indeterminate'],
    [{ id: 3, key: 'done' }, 'done'],
    [{ id: 3, key: 'new' }, 'done'],
    [{ id: 2, key: 'done' }, 'done'],
    [{ key: 'indeterminate' }, 'indeterminate'],
    [{ id: 1, key: 'undefined' }, 'new'],
  ] as const)('%j is %s', (statusCategory, category) => {
    expect(categoryOf({ statusCategory })).toBe(category);
  });

  test('of a name that means several things is unknown', () => {
    const map = statusMap([status('1', 'Done', 3), status('2', 'Done', 4), status('3', 'Open', 2)]);
    expect(map.category(null, 'Done')).toBeNull();
    expect(map.category('2', 'Done')).toBe('indeterminate');
    expect(map.category('404', 'Open')).toBe('new');
  });
});
