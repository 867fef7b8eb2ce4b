import { describe, expect, test } from 'vitest';
import { addIssue, addProject, type JiraStore } from '../../../fakes/jira/index.js';
import { erp, FLAVOURS, OLD, refs, search, site } from './harness.js';

/** Two projects with a bug each, as the settings call them. */
const settings = { projects: ['erp', 'WEB'] };

function twoProjects(): JiraStore {
  const store = erp();
  addProject(store, { key: 'WEB' });
  addIssue(store, { created: OLD });
  addIssue(store, { created: OLD, project: 'WEB' });
  return store;
}

const only = (place: string) => (name: string) => name.toUpperCase() === place;

describe.each(FLAVOURS)('a part of the projects on %s', (flavour) => {
  test('is all that is asked about', async () => {
    await using here = await site(flavour, { store: twoProjects(), settings });
    expect(refs(await search(here, { state: 'open', within: only('WEB') }))).toEqual(['WEB-1']);
    const asked = here.fake.requests.map(({ path, body }) => `${path} ${JSON.stringify(body)}`);
    expect(asked.filter((one) => /erp/i.test(one))).toEqual([]);
    expect(asked.filter((one) => one.includes('/search'))).toHaveLength(1);
    expect(here.fake.violations).toEqual([]);
  });

  test('may hold none of them: then nothing is searched', async () => {
    await using here = await site(flavour, { store: twoProjects(), settings });
    expect(await search(here, { state: 'open', within: () => false })).toEqual([]);
    expect(here.fake.requests.filter(({ path }) => /project|search/.test(path))).toEqual([]);
    expect(here.events).toEqual([]);
  });

  test('tells of a project that cannot be read, although it is the only one', async () => {
    await using here = await site(flavour, { store: twoProjects(), settings: { projects: ['ERP', 'GONE'] } });
    expect(await search(here, { state: 'open', within: only('GONE') })).toEqual([]);
    expect(here.events).toMatchObject([{ type: 'problem', error: { kind: 'not-found' } }]);
  });

  test('may be a project without bugs, as long as another one has some', async () => {
    const store = twoProjects();
    addProject(store, { key: 'HR', issueTypes: ['Task'] });
    await using here = await site(flavour, { store, settings: { projects: ['HR', 'WEB'] } });
    expect(await search(here, { state: 'open', within: only('HR') })).toEqual([]);
    expect(here.events.filter(({ type }) => type === 'problem')).toEqual([]);
  });

  test('says like the whole that no project has such a type', async () => {
    const store = twoProjects();
    await using here = await site(flavour, { store, settings: { ...settings, bugs: { types: ['Defekt'] } } });
    const whole = await search(here).catch(String);
    expect(whole).toMatch(/No issue type of ERP, WEB is called Defekt/);
    await expect(search(here, { state: 'open', within: only('WEB') }).catch(String)).resolves.toBe(whole);
  });

  test('tells of a project that was renamed into the part of another run', async () => {
    const store = twoProjects();
    const rename = ({ path }: { path: string }) => {
      const project = store.projects.find(({ key }) => key === 'WEB');
      return path.endsWith('/project/OLDWEB') && project
        ? { status: 200, body: { id: project.id, key: 'WEB', versions: [{}], issueTypes: [] } }
        : undefined;
    };
    await using here = await site(flavour, { store, settings: { projects: ['ERP', 'OLDWEB'] }, fault: rename });
    await search(here, { state: 'open', within: only('OLDWEB') });
    const problems = here.events.flatMap((event) => (event.type === 'problem' ? event.error : []));
    expect(problems.map(({ message, hint }) => ({ message, hint }))).toEqual([
      {
        message: 'A project of the settings is called WEB by now, and so belongs to another part.',
        hint: 'Put WEB into projects.',
      },
    ]);
  });
});
