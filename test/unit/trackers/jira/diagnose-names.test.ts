import { describe, expect, test } from 'vitest';
import type { Diagnosis, NamesInUse } from '../../../../src/trackers/tracker.js';
import { addVersion, type FakeRequest, type JiraStore } from '../../../fakes/jira/index.js';
import { changed, look, of, wrong } from './diagnosis.js';
import { erp, FLAVOURS } from './harness.js';

/** ERP in a language of its own. */
function chinese(): JiraStore {
  const store = erp();
  store.types = [{ id: '1', name: '缺陷', subtask: false }];
  store.resolutions = [
    { id: '1', name: '已修复' },
    { id: '2', name: '不修复' },
  ];
  store.statuses = [
    { id: '1', name: '打开', category: 'new' },
    { id: '2', name: '关闭', category: 'done' },
  ];
  return changed({ issueTypes: ['缺陷'] }, store);
}

describe.each(FLAVOURS)('closing on %s', (flavour) => {
  test.each<[string, object, Diagnosis['severity'], RegExp]>([
    [
      'as a status that is not done',
      { statuses: ['Reopened'] },
      'config',
      /^No status of the category Done is called "Reopened" \(closeAs\.statuses\).*> .*done statuses: .*Resolved/,
    ],
    [
      'as a status that does not exist',
      { statuses: ['Close Issue'] },
      'note',
      /^No status .* "Close Issue".*> Right if it is the name of a transition.*Closed/,
    ],
    [
      'as a resolution that does not exist',
      { resolutions: ['Wontfix'] },
      'config',
      /^No resolution .* "Wontfix".*> .*There are: Fixed, Won't Fix,/,
    ],
    [
      'with a field that is named by its name',
      { fields: { 'Due date': '2026-12-24' } },
      'config',
      /^There is no field with the id "Due date".*> .*It is meant by duedate\./,
    ],
    [
      'with a field that does not exist',
      { fields: { customfield_1: 'x' } },
      'config',
      /^There is no field with the id "customfield_1".*> Name fields by their id.* (Existing|Nearest) fields?: /,
    ],
  ])('%s', async (_, closeAs, severity, expected) => {
    const { findings } = await look(flavour, { settings: { closeAs } });
    expect(of(findings, severity)).toEqual([expect.stringMatching(expected)]);
    expect(wrong(findings)).toHaveLength(severity === 'note' ? 0 : 1);
  });

  test('on a site in another language is told about, but the defaults are no mistake', async () => {
    const { findings } = await look(flavour, { store: chinese(), settings: { bugs: { types: ['缺陷'] } } });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'note')).toEqual([
      expect.stringMatching(/^No resolution .* "Won't Do" or "Won't Fix".*There are: 已修复, 不修复\./),
      expect.stringMatching(/^No status .* "Closed" or "Done".*关闭/),
    ]);
  });

  test('as whatever transition there is needs no status', async () => {
    const { findings } = await look(flavour, { settings: { closeAs: { statuses: [] } } });
    expect(findings.map(({ message }) => message).join()).not.toContain('Status');
  });

  test('where there are no resolutions at all', async () => {
    const store = erp();
    store.resolutions = [];
    const { findings } = await look(flavour, { store });
    expect(of(findings, 'note')).toEqual([expect.stringContaining('There are: none.')]);
  });
});

describe.each(FLAVOURS)('a name on %s', (flavour) => {
  test.each<[string, object, Partial<NamesInUse>, Diagnosis['severity'], RegExp]>([
    [
      'of a type',
      {},
      { types: ['Bugg'] },
      'config',
      /^There is no issue type "Bugg" \(a policy\)\. > .*Nearest issue type: Bug\./,
    ],
    [
      'of a priority',
      {},
      { priorities: ['Hi'] },
      'config',
      /^There is no priority "Hi".*> .*Nearest priorities: High, Highest\./,
    ],
    [
      'of a parked target',
      {},
      { targets: ['Future*'] },
      'config',
      /^There is no version like "Future\*" \(targets\.parked\)\. > .*Existing versions: 1\.0 and 2\.0\./,
    ],
    [
      'of a target that may be a sprint',
      { targets: { sprint: true } },
      { targets: ['Someday'] },
      'note',
      /"Someday" \(targets\.parked\), but it may be another kind/,
    ],
    ['of a target that may be a date', { targets: { dueDate: true } }, { targets: ['due *'] }, 'note', /"due \*".*another kind/],
    ['of a target that may be of the parent', { targets: { parent: true } }, { targets: ['X'] }, 'note', /"X".*another kind/],
    [
      'of a status',
      { inProgress: ['In Progres'] },
      {},
      'config',
      /^No status .* "In Progres" \(inProgress\)\. > .*Nearest status: In Progress\./,
    ],
    ['of one of several statuses', { inProgress: ['In Progress', 'Doing'] }, {}, 'note', /^No status .* "Doing" \(inProgress\)/],
    ['of a label', {}, { labels: ['pinend'] }, 'note', /^No issue in ERP has the label "pinend".*> Right if/],
    ['of a label with spaces', {}, { labels: ['in progress'] }, 'note', /^No issue can have the label "in progress".*no spaces/],
    ['of many labels', {}, { labels: ['area/*'] }, 'note', /^Labels like "area\/\*" .* were not looked for/],
    [
      'of a field of targets',
      { targets: { sprint: 'Iteration' } },
      {},
      'config',
      /targets names Iteration, which is no field.*> Name the field/,
    ],
  ])('%s', async (_, settings, names, severity, expected) => {
    const { findings } = await look(flavour, { settings, names });
    expect(of(findings, severity)).toEqual([expect.stringMatching(expected)]);
    expect(wrong(findings)).toHaveLength(severity === 'note' ? 0 : 1);
  });

  test('is told with five others at most', async () => {
    const store = erp();
    for (let index = 1; index < 20; index++) addVersion(store, 'ERP', { name: `Sometime ${index}` });
    const { findings } = await look(flavour, { store, names: { targets: ['Sometime'] } });
    expect(wrong(findings)[0]?.match(/Sometime \d+/g)).toHaveLength(5);
  });

  test('from the site is made harmless', async () => {
    const store = erp();
    addVersion(store, 'ERP', { name: 'Later\u001b[31m\nred' });
    const { findings } = await look(flavour, { store, names: { targets: ['Latter'] } });
    expect(wrong(findings)).toEqual([expect.stringContaining('Later [31m red')]);
  });
});

describe.each(FLAVOURS)("the user's condition on %s", (flavour) => {
  test.each<[string, string, RegExp]>([
    ['with a field that does not exist', 'colour = red', /^Jira does not understand jql: .*colour/],
    ['with a value that does not exist', 'fixVersion = "9.9"', /^Jira does not understand jql: .*9\.9/],
    ['that is none', 'component component', /^Jira does not understand jql: .* > Correct jql/],
  ])('%s is told in the words of Jira', async (_, jql, expected) => {
    const { findings, problems } = await look(flavour, { settings: { jql } });
    expect(wrong(findings)).toEqual([expect.stringMatching(expected)]);
    expect(problems).toEqual([]);
  });

  test('is asked within the bounds of the search, for one bug', async () => {
    const bodies: unknown[] = [];
    const fault = ({ path, body }: FakeRequest) => {
      if (path.includes('/search')) bodies.push(body);
      return undefined;
    };
    const settings = { jql: 'votes > 3 ORDER BY votes', bugs: { types: ['Bug', 'Defect'] } };
    const { findings } = await look(flavour, { settings, fault });
    expect(of(findings, 'ok')).toContain('Jira understands jql, but no open bug fits it.');
    expect(bodies).toEqual([
      {
        jql: 'project in ("ERP") AND issuetype in ("Bug") AND statusCategory != Done AND (votes > 3) ORDER BY created ASC, key ASC',
        fields: ['summary'],
        maxResults: 1,
      },
    ]);
  });

  test('is not blamed for types that do not exist', async () => {
    const settings = { jql: 'votes > 3', bugs: { types: ['Defect'] } };
    const { findings } = await look(flavour, { settings });
    expect(wrong(findings)).toEqual([expect.stringContaining('no issue type is called "Defect"')]);
  });
});
