import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
import { githubStore, startGithub } from '../fakes/github/index.js';
import {
  addIssue,
  addProject,
  aloyPresent,
  createStore,
  type FakeRequest,
  type Fault,
  issueNamed,
  type JiraFake,
  type JiraFlavour,
  type JiraStore,
  loadAloy,
  loadLocalised,
  localisedPresent,
  person,
  startJira,
  statusOf,
} from '../fakes/jira/index.js';
import { inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const FLAVOURS: JiraFlavour[] = ['cloud', 'datacenter'];
const NOW = '2026-11-22T09:00:00Z';
const ALOY_NOW = '2021-12-02T00:00:00Z';
const open: JiraFake[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

const parse = (text: string): Report => JSON.parse(text) as Report;
const proposed = (report: Report): string[] => report.bugs.filter(({ verdict }) => verdict === 'close').map(({ ref }) => ref);

const CREDENTIALS: Record<JiraFlavour, Record<string, string>> = {
  cloud: { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' },
  datacenter: { JIRA_TOKEN: 'test-token' },
};

/** A stand-in, and the program pointed at it by a configuration. */
async function jira(
  flavour: JiraFlavour,
  store: JiraStore,
  settings: Record<string, unknown>,
  fault?: (request: FakeRequest, count: number) => Fault | undefined,
) {
  const fake = await startJira({ flavour, store, ...(fault && { fault }), now: () => NOW });
  open.push(fake);
  const config = join(emptyFolder(), 'config.json');
  await writeFile(config, JSON.stringify({ trackers: { erp: { type: 'jira', url: fake.url, ...settings } } }));
  const run = (args: string, now = NOW, env: Record<string, string> = {}) =>
    inProcess([...args.split(' '), '--config', config, '--now', now], { env: { ...CREDENTIALS[flavour], ...env } });
  return { fake, run, writes: () => fake.requests.filter(({ write }) => write) };
}

/** A project with one bug to close, one that is planned and one that is young. */
function smallStore(): JiraStore {
  const store = createStore();
  addIssue(store, { summary: 'Old', created: '2025-01-01T00:00:00Z' });
  addIssue(store, { summary: 'Planned', created: '2025-01-01T00:00:00Z', fixVersions: ['2.0'] });
  addIssue(store, { summary: 'Young', created: '2026-11-20T00:00:00Z' });
  return store;
}

describe.skipIf(!aloyPresent)('a real project (needs ../shared)', () => {
  test('gives the same verdicts on Cloud and on Data Center, without a write', async () => {
    const verdicts = [];
    for (const flavour of FLAVOURS) {
      const { fake, run, writes } = await jira(flavour, loadAloy(), { projects: ['ALOY'] });
      const { code, stdout, stderr } = await run('report --json', ALOY_NOW);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const report = parse(stdout);
      expect(report.summary.open).toBe(52);
      const classes = report.bugs.map(({ target }) => target.class);
      expect(classes.filter((one) => one === 'untargeted')).toHaveLength(50);
      expect(classes.filter((one) => one === 'slipped')).toHaveLength(2);
      expect(proposed(report).length).toBeGreaterThan(10);
      expect(writes().filter(({ path }) => !/search|bulkfetch/.test(path))).toEqual([]);
      expect(fake.violations).toEqual([]);
      verdicts.push(report.bugs.map(({ ref, verdict, untargetedSince }) => [ref, verdict, untargetedSince]));
    }
    expect(verdicts[0]).toEqual(verdicts[1]);
  });

  test.each(FLAVOURS)('is pruned of exactly what was proposed, and then there is nothing to do (%s)', async (flavour) => {
    const { fake, run } = await jira(flavour, loadAloy(), { projects: ['ALOY'] });
    const plan = proposed(parse((await run('report --json', ALOY_NOW)).stdout));
    expect(plan.length).toBeGreaterThan(10);
    const talk = (ref: string) => issueNamed(fake.store, ref).comments.length;
    const before = new Map(plan.map((ref) => [ref, talk(ref)]));
    const { code, stdout } = await run('prune --yes --limit 99 --json', ALOY_NOW);
    const done = parse(stdout);
    expect(
      done.bugs.filter(({ result }) => result && result.status !== 'closed').map(({ ref, result }) => [ref, result]),
    ).toEqual([]);
    expect(code).toBe(0);
    expect(done.bugs.filter(({ result }) => result?.status === 'closed').map(({ ref }) => ref)).toEqual(plan);
    for (const ref of plan) {
      expect(statusOf(fake.store, ref).category).toBe('done');
      expect(issueNamed(fake.store, ref).resolution).toMatch(/^Won't (Do|Fix)$/);
      expect(talk(ref)).toBe((before.get(ref) ?? 0) + 1);
    }
    const order = fake.requests.filter(({ method, path }) => method === 'POST' && /(comment|transitions)$/.test(path));
    for (const [index, { path }] of order.entries())
      expect(path.endsWith(index % 2 === 0 ? '/comment' : '/transitions')).toBe(true);
    expect(proposed(parse((await run('prune --yes --limit 99 --json', ALOY_NOW)).stdout))).toEqual([]);
    expect(fake.violations).toEqual([]);
  });
});

describe.skipIf(!localisedPresent)('a project in Chinese (needs ../shared)', () => {
  test('works without configuration beyond the name of its bug type', async () => {
    const store = loadLocalised();
    const bug = { project: 'EE', type: '缺陷', status: '打开', created: '2021-01-01T00:00:00Z', priority: null };
    const { key } = addIssue(store, bug);
    const { fake, run } = await jira('cloud', store, { projects: ['EE'], bugs: { types: ['缺陷'] } });
    const plan = await run('report --json');
    expect(plan.code).toBe(0);
    expect(proposed(parse(plan.stdout))).toEqual([key]);
    expect((await run('prune --yes --limit 99')).code).toBe(0);
    expect(statusOf(fake.store, key).category).toBe('done');
    const misnamed = await jira('cloud', store, { projects: ['EE'], bugs: { types: ['Bug'] } });
    const refused = await misnamed.run('report');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/No issue type of EE is called Bug[\s\S]*缺陷/);
    expect(fake.violations).toEqual([]);
  });
});

describe.each(FLAVOURS)('what a user of Jira meets (%s)', (flavour) => {
  const projects = ['ERP'];

  test('one comment, then the wanted resolution; five requests at most', async () => {
    const { fake, run } = await jira(flavour, smallStore(), { projects });
    await run('report');
    const reading = fake.requests.length;
    const { code } = await run('prune --yes --limit 99');
    expect(code).toBe(0);
    expect(statusOf(fake.store, 'ERP-1').category).toBe('done');
    expect(issueNamed(fake.store, 'ERP-1').comments).toHaveLength(1);
    expect(issueNamed(fake.store, 'ERP-1').resolution).toMatch(/^Won't (Do|Fix)$/);
    expect(fake.requests.length - 2 * reading).toBeLessThanOrEqual(5);
    const sent = fake.requests
      .slice(-5)
      .filter(({ method }) => method !== 'GET')
      .map(({ path }) => path.split('/').at(-1));
    expect(sent.filter((part) => part === 'comment' || part === 'transitions')).toEqual(['comment', 'transitions']);
    expect(fake.violations).toEqual([]);
  });

  test('wrong credentials are never "nothing to do"', async () => {
    const { run } = await jira(flavour, smallStore(), { projects });
    const wrong = flavour === 'cloud' ? { JIRA_API_TOKEN: 'expired' } : { JIRA_TOKEN: 'expired' };
    const { code, stdout, stderr } = await run('report', NOW, wrong);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).not.toContain('expired');
  });

  test.each<[string, Fault, number]>([
    ['a login page', { status: 200, body: '<html>Log in</html>' }, 3],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.test/' } }, 4],
    ['trouble', { status: 503, body: { errorMessages: ['down'] } }, 4],
  ])('%s ends in a clear message', async (_name, fault, expected) => {
    const { run } = await jira(flavour, smallStore(), { projects }, () => fault);
    const { code, stdout, stderr } = await run('report');
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).not.toMatch(/test-token|\n\s+at /);
  });

  test('an answer lost after a comment or a transition is no second comment', async () => {
    for (const part of ['/comment', '/transitions']) {
      const { fake, run } = await jira(flavour, smallStore(), { projects }, ({ method, path }) =>
        method === 'POST' && path.endsWith(part) ? { drop: 'after' } : undefined,
      );
      await run('prune --yes --limit 99');
      await run('prune --yes --limit 99');
      expect(issueNamed(fake.store, 'ERP-1').comments).toHaveLength(1);
      expect(statusOf(fake.store, 'ERP-1').category).toBe('done');
    }
  });

  test('a reviewed report closes nothing that the settings no longer name', async () => {
    const { fake, run, writes } = await jira(flavour, smallStore(), { projects });
    const folder = emptyFolder();
    const file = join(folder, 'report.json');
    await writeFile(file, (await run('report --json')).stdout);
    const config = join(folder, 'config.json');
    const prune = async (settings: object) => {
      await writeFile(config, JSON.stringify({ trackers: { erp: { type: 'jira', url: fake.url, projects, ...settings } } }));
      const outcome = await inProcess(['prune', file, '--yes', '--limit', '99', '--json', '--config', config, '--now', NOW], {
        env: CREDENTIALS[flavour],
      });
      return { ...outcome, results: parse(outcome.stdout).bugs.flatMap(({ result }) => result ?? []) };
    };
    addProject(fake.store, { key: 'OTH' });
    const elsewhere = await prune({ projects: ['OTH'] });
    expect([elsewhere.code, elsewhere.results[0]]).toEqual([
      5,
      { status: 'failed', detail: 'ERP-1 is in no project of the tracker erp.' },
    ]);
    const narrowed = await prune({ jql: 'summary ~ "Something else"' });
    expect([narrowed.code, narrowed.results[0]]).toEqual([
      5,
      { status: 'skipped', detail: 'the jql of the settings does not select it' },
    ]);
    expect(writes().filter(({ path }) => !/search|bulkfetch/.test(path))).toEqual([]);
    expect((await prune({ jql: 'summary ~ Old' })).results[0]?.status).toBe('closed');
    expect(fake.violations).toEqual([]);
  });

  test('after a long pause everything is read again before anything is written', async () => {
    const store = smallStore();
    const { fake, run } = await jira(flavour, store, { projects }, ({ method, path }, count) => {
      if (method !== 'POST' || !path.endsWith('/comment') || refused++ > 0) return undefined;
      person(store, 'bob', NOW).comment('ERP-1', `We need this (${count}).`);
      return { status: 429, headers: { 'retry-after': '600' }, body: {} };
    });
    let refused = 0;
    const { code, stdout } = await run('prune --yes --limit 99 --json');
    expect(code).toBe(5);
    expect(parse(stdout).bugs[0]?.result).toMatchObject({
      status: 'skipped',
      detail: expect.stringContaining('a person has acted'),
    });
    expect(issueNamed(fake.store, 'ERP-1').comments).toHaveLength(1);
    expect(statusOf(fake.store, 'ERP-1').category).not.toBe('done');
  });

  test('what a person reopens stays open', async () => {
    const { fake, run } = await jira(flavour, smallStore(), { projects });
    await run('prune --yes --limit 99');
    person(fake.store, 'bob', NOW).reopen('ERP-1');
    const report = parse((await run('report --json', '2027-11-22T09:00:00Z')).stdout);
    expect(report.bugs.find(({ ref }) => ref === 'ERP-1')?.verdict).toBe('keep');
  });
});

describe('a project that plans no releases', () => {
  const store = () => {
    const made = createStore();
    addProject(made, { key: 'OPS' });
    addIssue(made, { project: 'OPS', created: '2025-01-01T00:00:00Z' });
    return made;
  };

  test('is undecided, with the reason, and nobody asks how its bugs could be closed', async () => {
    const { fake, run } = await jira('cloud', store(), { projects: ['OPS'] });
    const { code, stdout } = await run('report --json');
    expect(code).toBe(0);
    const [bug] = parse(stdout).bugs;
    expect([bug?.verdict, bug?.target.class, bug?.reasons[0]?.message]).toEqual([
      'undecided',
      'unknown',
      'its project plans no releases at all, so that no bug in it can have a target',
    ]);
    expect(fake.requests.filter(({ path }) => /transitions|changelog/.test(path))).toEqual([]);
  });

  test('is judged all the same where the configuration says so, and the dry run says how each bug would be closed', async () => {
    const fake = await startJira({ flavour: 'cloud', store: store(), now: () => NOW });
    open.push(fake);
    const config = join(emptyFolder(), 'config.json');
    const trackers = { ops: { type: 'jira', url: fake.url, projects: ['OPS'] } };
    await writeFile(config, JSON.stringify({ trackers, targets: { treat: { unplanned: 'untargeted' } } }));
    const run = (args: string) => inProcess([...args.split(' '), '--config', config, '--now', NOW], { env: CREDENTIALS.cloud });
    const [bug] = parse((await run('report --json')).stdout).bugs;
    expect(bug?.reasons.find(({ rule }) => rule === 'closing')?.message).toMatch(/→ Closed, resolution Won't/);
    expect((await run('prune --yes --limit 99')).code).toBe(0);
    expect(statusOf(fake.store, 'OPS-1').category).toBe('done');
  });
});

describe('one configuration with GitHub and Jira', () => {
  test('gives one report; when one is down the other is still reported, and the exit code says so', async () => {
    const github = githubStore({ now: () => NOW });
    github.addRepository('acme/app');
    github.addMilestone('acme/app', { title: 'v2' });
    github.addIssue('acme/app', { title: 'Old', labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
    await using hub = await startGithub({ store: github });
    let down = false;
    const fake = await startJira({ flavour: 'cloud', store: smallStore(), fault: () => (down ? { drop: 'before' } : undefined) });
    open.push(fake);
    const config = join(emptyFolder(), 'config.json');
    const trackers = {
      app: { type: 'github', url: hub.url, repos: ['acme/app'] },
      erp: { type: 'jira', url: fake.url, projects: ['ERP'] },
    };
    await writeFile(config, JSON.stringify({ trackers }));
    const env = { ...CREDENTIALS.cloud, GITHUB_TOKEN: 'test-token' };
    const run = () => inProcess(['--json', '--config', config, '--now', NOW], { env });
    const both = await run();
    expect(both.code).toBe(0);
    expect(proposed(parse(both.stdout))).toEqual(['acme/app#1', 'ERP-1']);
    down = true;
    const one = await run();
    expect(one.code).toBe(4);
    expect(proposed(parse(one.stdout))).toEqual(['acme/app#1']);
    expect(parse(one.stdout).trackers.map(({ complete }) => complete)).toEqual([true, false]);
  });
});
