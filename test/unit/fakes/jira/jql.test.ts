import { describe, expect, test } from 'vitest';
import { addIssue, addProject, addVersion, createStore, type JiraStore } from '../../../fakes/jira/index.js';
import { runJql } from '../../../fakes/jira/jql/index.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

/** Six issues that differ in what people query by. The asker lives in Berlin, an hour ahead of UTC in winter. */
function site(): JiraStore {
  const store = createStore({ now: () => NOW });
  const erp = store.projects[0];
  erp?.components.push({ id: '1', name: 'Legacy' }, { id: '2', name: 'Web' });
  addVersion(store, 'ERP', { name: '0.9', released: true, archived: true });
  addProject(store, { key: 'OPS', style: 'next-gen' });
  addIssue(store, { key: 'ERP-1', created: '2026-01-10T22:59:00Z', components: ['Legacy'], labels: ['UI'], votes: 3 });
  addIssue(store, {
    key: 'ERP-2',
    created: '2026-01-10T23:00:00Z',
    components: ['Legacy', 'Web'],
    fixVersions: ['2.0'],
    assignee: 'bob',
  });
  addIssue(store, {
    key: 'ERP-3',
    created: '2026-01-12T00:00:00Z',
    fixVersions: ['1.0'],
    priority: 'Highest',
    status: 'Closed',
    resolution: "Won't Fix",
  });
  addIssue(store, {
    key: 'ERP-4',
    created: '2026-02-20T00:00:00Z',
    type: 'Story',
    summary: 'Crash at "Save as"',
    priority: null,
    status: 'In Progress',
  });
  addIssue(store, {
    key: 'ERP-5',
    created: '2026-02-28T00:00:00Z',
    fixVersions: ['0.9'],
    security: 'Internal',
    status: 'Closed',
  });
  addIssue(store, {
    key: 'OPS-1',
    created: '2026-02-28T12:30:00Z',
    sprints: [{ id: 7, name: 'Seven', state: 'active' }],
    parent: 'ERP-4',
  });
  return store;
}

function ask(jql: string, store = site()) {
  const user = store.users[0] ?? null;
  return runJql(jql, { store, user, zone: 'Europe/Berlin', now: NOW, projects: store.projects });
}

/** `ERP-1 ERP-2`, oldest first; with what is wrong in front. */
function keys(jql: string): string {
  const found = ask(`${jql} ORDER BY created ASC`);
  return [...found.errors, ...found.issues.map(({ key }) => key)].join(' ');
}

describe('a query finds', () => {
  test.each([
    // Equality, lists, names and ids, any case.
    ['project = ERP AND status = Open', 'ERP-1 ERP-2'],
    ['project = "enterprise resources" and STATUS IN (open, "In Progress")', 'ERP-1 ERP-2 ERP-4'],
    ['project in (OPS)', 'OPS-1'],
    ['issuetype = Story', 'ERP-4'],
    ['type != Bug', 'ERP-4'],
    ['key in (ERP-1, ops-1)', 'ERP-1 OPS-1'],
    ['id = ERP-2', 'ERP-2'],
    ['priority = Highest', 'ERP-3'],
    ['assignee = bob', 'ERP-2'],
    ['assignee = "712020:bob"', 'ERP-2'],
    ['reporter = currentUser()', ''],
    ['labels = ui', 'ERP-1'],
    ['level = Internal', 'ERP-5'],
    ['parent = ERP-4', 'OPS-1'],
    ['votes >= 3', 'ERP-1'],
    // The category of a status, by name, key and id. Team-managed statuses share names.
    ['statusCategory != Done', 'ERP-1 ERP-2 ERP-4 OPS-1'],
    ['statusCategory = done', 'ERP-3 ERP-5'],
    ['statusCategory = 3', 'ERP-3 ERP-5'],
    ['statusCategory = indeterminate', 'ERP-4'],
    ['status = "To Do"', 'OPS-1'],
    // Nothing there.
    ['fixVersion is EMPTY', 'ERP-1 ERP-4 OPS-1'],
    ['fixVersion IS NOT NULL', 'ERP-2 ERP-3 ERP-5'],
    ['fixVersion = EMPTY', 'ERP-1 ERP-4 OPS-1'],
    ['priority is empty', 'ERP-4'],
    ['resolution = Unresolved', 'ERP-1 ERP-2 ERP-4 ERP-5 OPS-1'],
    ['resolution != unresolved', 'ERP-3'],
    ['sprint is EMPTY AND project = OPS', ''],
    ['sprint in openSprints()', 'OPS-1'],
    ['sprint = 7', 'OPS-1'],
    // Inequality leaves out what has no value: Jira's best known surprise.
    ['component != Legacy', ''],
    ['component = Web', 'ERP-2'],
    ['component not in (Web)', 'ERP-1'],
    ['component is EMPTY OR component != Web', 'ERP-1 ERP-3 ERP-4 ERP-5 OPS-1'],
    ['assignee != lead', 'ERP-2'],
    ['fixVersion not in ("2.0")', 'ERP-3 ERP-5'],
    ['fixVersion in ("2.0", EMPTY)', 'ERP-1 ERP-2 ERP-4 OPS-1'],
    // Versions by function: archived ones are in neither.
    ['fixVersion in releasedVersions()', 'ERP-3'],
    ['fixVersion in unreleasedVersions()', 'ERP-2'],
    // Logic.
    ['NOT status = Closed AND project = ERP', 'ERP-1 ERP-2 ERP-4'],
    ['NOT (status = Closed OR fixVersion is EMPTY)', 'ERP-2'],
    ['NOT component = Legacy', ''],
    ['status = Open AND votes = 3 OR key = ERP-5', 'ERP-1 ERP-5'],
    ['status = Open AND (votes = 3 OR key = ERP-5)', 'ERP-1'],
    ['status = Open && !votes = 3 || key = ERP-5', 'ERP-2 ERP-5'],
    // Text.
    ['summary ~ crash', 'ERP-4'],
    ['summary ~ "\\"Save as\\""', 'ERP-4'],
    ['text ~ "broken erp-1"', 'ERP-1'],
    ['summary !~ broken', 'ERP-4'],
    // Days begin at the asker's midnight: 23:00 UTC in Berlin.
    ['created < "2026-01-11"', 'ERP-1'],
    ['created >= "2026-01-11" AND created < "2026/01/12"', 'ERP-2'],
    ['created <= "2026-01-11 00:00"', 'ERP-1 ERP-2'],
    ['created = "2026-01-11 00:00"', 'ERP-2'],
    [`created > ${Date.parse('2026-02-28T12:00:00Z')}`, 'OPS-1'],
    // Periods count back from now; m are minutes, M months.
    ['created <= -6w', 'ERP-1 ERP-2 ERP-3'],
    ['created > "-1d"', 'OPS-1'],
    ['created > "-2d 12h"', 'ERP-5 OPS-1'],
    ['created > -2000m', 'OPS-1'],
    ['created > -1M', 'ERP-4 ERP-5 OPS-1'],
    ['created >= startOfDay(-1)', 'ERP-5 OPS-1'],
    ['updated <= now() AND key = ERP-1', 'ERP-1'],
    ['updated >= "2026-02-28 13:30"', 'OPS-1'],
    ['updated >= "2026-02-28 13:31"', ''],
    ['resolved is not EMPTY', 'ERP-3'],
    ['duedate is EMPTY AND key = ERP-1', 'ERP-1'],
    ['statusCategoryChangedDate < "2026-01-11"', 'ERP-1'],
  ])('%s', (jql, expected) => {
    expect(keys(jql)).toBe(expected);
  });
});

describe('a query is refused', () => {
  const advice = (word: string): string => `You must surround '${word}' in quotation marks to use it`;
  test.each([
    [
      'project = AND',
      `Expecting either a value, list or function but got 'AND'. ${advice('AND')} as a value. (line 1, character 11)`,
    ],
    [
      'project = AS',
      "'AS' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 11)",
    ],
    ['project = ERP status = Open', "Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 15)"],
    ['project ERP', /^Expecting operator but got 'ERP'\. The valid operators are .* \(line 1, character 9\)$/],
    ['project', /^Expecting operator before the end of the query\./],
    ['project =', 'Expecting either a value, list or function before the end of the query. (line 1, character 10)'],
    ['summary ~ "a', "The quoted string 'a' has not been completed. (line 1, character 11)"],
    ['summary ~ c#', /^The character '#' is a reserved JQL character\. .* '\\u0023' instead\. \(line 1, character 12\)$/],
    ['summary ~ "\\x"', /^'\\x' is an illegal JQL escape sequence\./],
    ['project = ERP\nAND (status = Open', /^Expecting '\)' before the end of the query\. \(line 2, character 19\)$/],
    ['project = ERP ORDER created', /^Expecting 'by'/],
  ])('%s', (jql, message) => {
    const expected =
      typeof message === 'string'
        ? `Error in the JQL Query: ${message}`
        : new RegExp(message.source.replace('^', '^Error in the JQL Query: '));
    expect(() => ask(jql)).toThrow(expected);
  });

  test.each([
    ['project = NOPE', ["The value 'NOPE' does not exist for the field 'project'."]],
    ['issuetype in (Bug, Defect)', ["The value 'Defect' does not exist for the field 'issuetype'."]],
    ['key = ERP-99', ["An issue with key 'ERP-99' does not exist for field 'key'."]],
    ['foo = 1', ["Field 'foo' does not exist or you do not have permission to view it."]],
    ['project ~ ERP', ["The operator '~' is not supported by the 'project' field."]],
    ['status is EMPTY', ["The field 'status' does not support searching for EMPTY values."]],
    ['created > yesterday', [expect.stringMatching(/^Date value 'yesterday' for field 'created' is invalid\./)]],
    ['created > "2026-02-30"', [expect.stringMatching(/^Date value '2026-02-30'/)]],
    ['fixVersion in futureVersions()', ["Unable to find JQL function 'futureVersions()'."]],
    [
      'project = NOPE ORDER BY shoeSize',
      ["The value 'NOPE' does not exist for the field 'project'.", "Not able to sort using field 'shoeSize'."],
    ],
  ])('%s', (jql, errors) => {
    expect(ask(jql).errors).toEqual(errors);
  });

  test.each([
    'status WAS Open',
    'status CHANGED AFTER -6w',
    'watcher = bob',
    'created > endOfMonth()',
    'project = ERP ORDER BY rank',
  ])('as not learnt, which is no answer of Jira’s: %s', (jql) => {
    expect(() => ask(jql)).toThrow(/^(the|ORDER BY)/);
  });
});

test('reserved words and special characters are fine in quotation marks', () => {
  const store = site();
  addProject(store, { key: 'AND' });
  addIssue(store, { key: 'AND-1', summary: 'C# & "quotes" \\ backslash' });
  expect(ask('project = "AND"', store).issues.map(({ key }) => key)).toEqual(['AND-1']);
  expect(ask(`summary ~ "c# &" AND project = 'AND'`, store).issues).toHaveLength(1);
});

test.each([
  ['created ASC', 'ERP-1 ERP-2 ERP-3 ERP-5 OPS-1'],
  ['created', 'OPS-1 ERP-5 ERP-3 ERP-2 ERP-1'],
  ['key DESC', 'OPS-1 ERP-5 ERP-3 ERP-2 ERP-1'],
  ['priority DESC, key ASC', 'ERP-3 ERP-1 ERP-2 ERP-5 OPS-1'],
  ['votes DESC, created ASC', 'ERP-1 ERP-2 ERP-3 ERP-5 OPS-1'],
])('sorted by %s', (order, expected) => {
  const { issues } = ask(`priority is not EMPTY ORDER BY ${order}`);
  expect(issues.map(({ key }) => key).join(' ')).toBe(expected);
});

test('without an order the newest key comes first', () => {
  expect(ask('project = ERP').issues.map(({ key }) => key)).toEqual(['ERP-5', 'ERP-4', 'ERP-3', 'ERP-2', 'ERP-1']);
});

test('keys sort by number', () => {
  const store = createStore();
  for (let count = 0; count < 11; count++) addIssue(store);
  expect(
    ask('project = ERP ORDER BY key ASC', store)
      .issues.map(({ key }) => key)
      .slice(8),
  ).toEqual(['ERP-9', 'ERP-10', 'ERP-11']);
});
