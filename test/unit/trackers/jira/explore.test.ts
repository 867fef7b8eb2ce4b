import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import type { Exploration } from '../../../../src/trackers/tracker.js';
import { addProject, addVersion, aloyPresent, loadAloy, loadLocalised, localisedPresent } from '../../../fakes/jira/index.js';
import { faultAt } from './diagnosis.js';
import { erp, FLAVOURS, type Flavour, site } from './harness.js';

/** What a look around finds, which problems it tells of, and by which requests; who we are is asked before. */
async function around(flavour: Flavour, options: Parameters<typeof site>[1] = {}) {
  await using here = await site(flavour, options);
  await here.tracker.identify(here.call);
  const before = here.fake.requests.length;
  const found = await here.tracker.explore?.(here.call).catch((error: unknown) => error);
  expect(here.fake.violations).toEqual([]);
  expect(here.fake.requests.filter(({ write }) => write)).toEqual([]);
  const problems = here.events.flatMap((event) => (event.type === 'problem' ? [event.error.message] : []));
  return { found, problems, requests: here.fake.requests.slice(before).map(({ path }) => path.replace(/^\/rest\/api\/\d/, '')) };
}

async function explored(flavour: Flavour, options: Parameters<typeof site>[1] = {}): Promise<Exploration> {
  const { found } = await around(flavour, options);
  if (!found || found instanceof Error) throw found;
  return found as Exploration;
}

const fits = ({ signs }: Exploration): string[] =>
  signs.filter(({ fit }) => fit !== 'no').map(({ name, fit }) => `${name}: ${fit}`);

describe.each(FLAVOURS)('a look around on %s', (flavour) => {
  test('finds types, versions and priorities in three requests', async () => {
    const { found, problems, requests } = await around(flavour);
    expect(found).toEqual({
      signs: ['Bug', 'Task', 'Story', 'Epic', 'Sub-task'].map((name) => ({
        kind: 'type',
        name,
        fit: name === 'Bug' ? 'plain' : 'no',
      })),
      targets: ['1.0', '2.0'],
      priorities: ['Highest', 'High', 'Medium', 'Low', 'Lowest'],
      settings: {},
    });
    expect([problems, requests]).toEqual([[], ['/project/ERP', '/mypermissions', '/priority']]);
  });

  test('finds bugs under other names', async () => {
    const store = erp();
    store.types = [
      { id: '1', name: 'Defect', subtask: false },
      { id: '2', name: 'Production bug', subtask: false },
      { id: '3', name: 'Bug fix', subtask: false },
    ];
    for (const project of store.projects) project.issueTypes = store.types.map(({ name }) => name);
    expect(fits(await explored(flavour, { store }))).toEqual(['Defect: plain', 'Production bug: perhaps']);
  });

  test('puts several projects together', async () => {
    const store = erp();
    addProject(store, { key: 'WEB' });
    addVersion(store, 'WEB', { name: 'Backlog' });
    addVersion(store, 'WEB', { name: '2.0' });
    const found = await explored(flavour, { store, settings: { projects: ['ERP', 'WEB'] } });
    expect(found.targets).toEqual(['1.0', '2.0', 'Backlog']);
    expect(fits(found)).toEqual(['Bug: plain']);
  });

  test('tells of a project that there is not, and throws where there is no other', async () => {
    const both = await around(flavour, { settings: { projects: ['ERP', 'NOPE'] } });
    expect(fits(both.found as Exploration)).toEqual(['Bug: plain']);
    expect(both.problems).toEqual([expect.stringContaining('NOPE: there is no such project')]);
    const { found } = await around(flavour, { settings: { projects: ['NOPE'] } });
    expect(found).toBeInstanceOf(TrackerError);
    expect(found).toMatchObject({ kind: 'not-found', code: 'credentials' });
  });

  test('throws where the priorities cannot be read', async () => {
    const { found } = await around(flavour, { fault: faultAt('/priority', { status: 503 }) });
    expect(found).toMatchObject({ code: 'tracker' });
  });
});

describe.each(FLAVOURS)('real projects on %s (need ../shared)', (flavour) => {
  test.skipIf(!aloyPresent)('ALOY', async () => {
    const found = await explored(flavour, { store: loadAloy(), settings: { projects: ['ALOY'] } });
    expect(fits(found)).toEqual(['Bug: plain']);
    expect(found.priorities).toContain('Critical');
  });

  test.skipIf(!localisedPresent)('a Chinese site', async () => {
    const found = await explored(flavour, { store: loadLocalised(), settings: { projects: ['EE'] } });
    expect(fits(found)).toEqual(['缺陷: plain']);
  });
});
