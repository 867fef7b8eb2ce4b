import { afterEach, describe, expect, test } from 'vitest';
import {
  aloyPresent,
  type JiraFake,
  loadAloy,
  loadLocalised,
  localisedPresent,
  person,
  startJira,
} from '../../../fakes/jira/index.js';
import { cloud, dataCenter } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

describe.skipIf(!aloyPresent)('the project ALOY', () => {
  test.each([
    ['project = ALOY', 1499],
    ['project = ALOY AND issuetype = Bug AND statusCategory != Done', 52],
    ['project = ALOY AND issuetype = Bug AND resolution = Unresolved', 53],
    ['project = ALOY AND issuetype = Bug AND statusCategory != Done AND fixVersion is EMPTY', 50],
    ['project = ALOY AND issuetype = Bug AND statusCategory != 3 AND fixVersion in releasedVersions()', 2],
    ['project = ALOY AND priority = None', 148],
  ])('%s: %i', async (jql, total) => {
    fake = await startJira({ flavour: 'datacenter', store: loadAloy() });
    const reply = await dataCenter(fake, 'POST', '/search', { body: { jql, maxResults: 0 } });
    expect(reply.body.total).toBe(total);
    expect(fake.violations).toEqual([]);
  });

  test('fits the description of the API from the first issue to the last', async () => {
    fake = await startJira({ flavour: 'datacenter', store: loadAloy() });
    let read = 0;
    for (let total = 1; read < total; ) {
      const body = {
        jql: 'project = ALOY ORDER BY key',
        fields: ['*all'],
        expand: ['changelog'],
        startAt: read,
        maxResults: 1000,
      };
      const page = await dataCenter(fake, 'POST', '/search', { body });
      read += page.body.issues.length;
      total = page.body.total;
    }
    expect(read).toBe(1499);
    expect(fake.violations).toEqual([]);
  });

  test('keeps what the file says of an issue', async () => {
    fake = await startJira({ flavour: 'datacenter', store: loadAloy() });
    const { body } = await dataCenter(fake, 'GET', '/issue/ALOY-1');
    expect(body).toMatchObject({ id: '91906', key: 'ALOY-1' });
    expect(body.fields).toMatchObject({
      summary: 'logger.js failing in Titanium runtime',
      created: '2012-05-16T07:56:13.000+0000',
      updated: '2014-06-22T13:23:11.000+0000',
      resolution: { id: '2', name: "Won't Fix" },
      status: { id: '6', statusCategory: { key: 'done' } },
      versions: [{ name: '2012 Sprint 14', archived: true, released: true }],
      comment: { total: 2 },
    });
  });

  test('can be worked on', async () => {
    const store = loadAloy();
    fake = await startJira({ flavour: 'datacenter', store });
    const open = await dataCenter(fake, 'POST', '/search', {
      body: { jql: 'type = Bug AND status = Open', fields: ['status'], maxResults: 1 },
    });
    const { key } = open.body.issues[0];
    const { transitions } = (await dataCenter(fake, 'GET', `/issue/${key}/transitions`)).body;
    expect(transitions.map((transition: { name: string }) => transition.name)).toContain('Close Issue');
    person(store, 'lead').reopen(key);
    expect((await dataCenter(fake, 'GET', `/issue/${key}?fields=status`)).body.fields.status.name).toBe('Reopened');
  });
});

describe.skipIf(!localisedPresent)('the site in Chinese', () => {
  test('answers its own names, and finds its categories by name, key and id', async () => {
    const jira = await startJira({ flavour: 'cloud', store: loadLocalised() });
    fake = jira;
    const count = async (jql: string): Promise<number> =>
      (await cloud(jira, 'POST', '/search/approximate-count', { body: { jql } })).body.count;
    expect(await count('project = EE')).toBe(30);
    for (const done of ['Done', 'done', '3', '"完成"']) expect(await count(`statusCategory = ${done}`)).toBe(30);
    expect(await count('status = "已完成"')).toBe(30);
    expect(await count('issuetype = 缺陷')).toBe(1);
    expect(await count('resolution = "完成"')).toBe(25);
    const { fields } = (await cloud(fake, 'GET', '/issue/EE-1')).body;
    expect(fields.issuetype.name).toBe('故事');
    expect(fields.status).toMatchObject({ name: '已完成', statusCategory: { id: 3, key: 'done', name: '完成' } });
    expect(fields.status.statusCategory.key).toBe('done');
    expect(fake.violations).toEqual([]);
  });

  test('has histories with statuses that exist no more, and by apps', async () => {
    const store = loadLocalised();
    fake = await startJira({ flavour: 'cloud', store });
    const issueIdsOrKeys = [...store.issues.keys()];
    const { issueChangeLogs } = (await cloud(fake, 'POST', '/changelog/bulkfetch', { body: { issueIdsOrKeys } })).body;
    const entries: { author: { accountType: string }; items: { field: string; from: string }[] }[] = issueChangeLogs.flatMap(
      (log: { changeHistories: [] }) => log.changeHistories,
    );
    expect(entries).toHaveLength(522);
    expect(entries.filter(({ author }) => author.accountType === 'app')).toHaveLength(22);
    const known = new Set((await cloud(fake, 'GET', '/status')).body.map(({ id }: { id: string }) => id));
    const moves = entries.flatMap(({ items }) => items.filter(({ field }) => field === 'status'));
    expect(moves.some(({ from }) => !known.has(from))).toBe(true);
    expect(fake.violations).toEqual([]);
  });
});
