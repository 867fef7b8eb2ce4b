import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { parseText } from '../../src/config/parse.js';
import {
  type FakeRequest,
  type Fault,
  type GithubFake,
  type GithubStore,
  githubGuiIsPresent,
  githubStore,
  loadGithubGui,
  startGithub,
} from '../fakes/github/index.js';
import {
  addIssue,
  addVersion,
  aloyPresent,
  createStore,
  type JiraFake,
  type JiraFlavour,
  type JiraStore,
  loadAloy,
  loadLocalised,
  localisedPresent,
  startJira,
} from '../fakes/jira/index.js';
import { type InProcessOptions, inProcess } from './in-process.js';
import { bugprune, emptyFolder } from './program.js';

const NOW = '2026-11-22T09:00:00Z';
const TOKEN = 'test-token';
const SAMPLE = fileURLToPath(new URL('../../examples/backlog.ndjson', import.meta.url));
const open: (GithubFake | JiraFake)[] = [];

afterEach(async () => {
  for (const fake of open) {
    expect(fake.violations).toEqual([]);
    expect(fake.requests.filter(({ method, path }) => !['GET', 'POST'].includes(method) || path.endsWith('/comment'))).toEqual(
      [],
    );
  }
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

/** A folder, and the program run in it. */
function here(env: Record<string, string> = {}, now = NOW) {
  const cwd = emptyFolder();
  const file = join(cwd, '.bugprunerc');
  const run = (args: readonly string[], options: InProcessOptions = {}) =>
    inProcess([...args, '--now', now], { cwd, env, ...options });
  return {
    cwd,
    file,
    run,
    init: (answer: InProcessOptions['answer'], ...args: readonly string[]) =>
      run(['init', ...args], answer === undefined ? {} : { answer }),
    text: () => readFileSync(file, 'utf8'),
    content: () => parseText(file, readFileSync(file, 'utf8')),
    /** The rest of the program is content with what was written. */
    async isGood() {
      const doctor = await run(['doctor']);
      const report = await run(['report', '--json']);
      expect([doctor.code, doctor.stderr, report.code, report.stderr]).toEqual([0, '', 0, '']);
      return { doctor: doctor.stdout, report: JSON.parse(report.stdout) as { summary: Record<string, number> } };
    },
  };
}

async function github(store: GithubStore, now = NOW, fault?: (request: FakeRequest) => Fault | undefined) {
  const fake = await startGithub({ store, now: () => now, ...(fault && { fault }) });
  open.push(fake);
  return { fake, ...here({ GITHUB_API_URL: fake.url, GITHUB_TOKEN: TOKEN }, now) };
}

const CREDENTIALS: Record<JiraFlavour, Record<string, string>> = {
  cloud: { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: TOKEN },
  datacenter: { JIRA_TOKEN: TOKEN },
};

async function jira(flavour: JiraFlavour, store: JiraStore, now = NOW) {
  const fake = await startJira({ flavour, store, now: () => now });
  open.push(fake);
  return { fake, ...here(CREDENTIALS[flavour], now) };
}

/** A repository with names of its own for everything, and bugs without a target since 5, 10, 20 and 40 weeks. */
function acme(
  labels: readonly string[] = ['kind/bug', 'P0', 'P1', 'status: in progress', 'ntbf'],
  ownerType: 'User' | 'Organization' = 'User',
): GithubStore {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app', { labels: [...labels], ownerType });
  const [bug = ''] = labels;
  for (const title of ['Backlog', 'v2', 'Future: "maybe" #1']) store.addMilestone('acme/app', { title });
  for (const createdAt of ['2026-10-18', '2026-09-13', '2026-07-05', '2026-02-15']) {
    store.addIssue('acme/app', { createdAt: `${createdAt}T00:00:00Z`, labels: [bug] });
  }
  store.addIssue('acme/app', { createdAt: '2026-02-15T00:00:00Z', labels: [bug, 'P0'] });
  store.addIssue('acme/app', { createdAt: '2026-02-15T00:00:00Z', labels: [bug], milestone: 'Backlog' });
  store.addIssue('acme/app', { createdAt: '2026-02-15T00:00:00Z', labels: ['docs'] });
  return store;
}

const POLICY = { name: 'untargeted', when: { untargetedFor: '6w', idleFor: '2w' }, warn: '1w' };

describe('init --yes', () => {
  test('writes what fits the repository of the git remote, and says what to type next', async () => {
    const { cwd, fake, run, content, text, isGood } = await github(acme());
    const { code, stdout, stderr } = await run(['init', '--yes'], { remote: 'git@github.com:acme/app.git' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(content()).toEqual({
      trackers: {
        app: {
          type: 'github',
          url: fake.url,
          repos: ['acme/app'],
          bugs: { labels: ['kind/bug'] },
          priority: { Blocker: ['P0'] },
          inProgress: ['status: in progress'],
          closeAs: { label: 'ntbf' },
        },
      },
      targets: { parked: ['Backlog', 'Future: "maybe" #1'] },
      policies: [POLICY],
    });
    expect(stderr).toMatch(/^github:acme\/app, as octocat\nBugs are told by: label "kind\/bug"\nWritten: /);
    expect(stderr).toContain('without a target for 6w: 3 of 6 open bugs, warned, and closed 1w later\n');
    expect(stderr).toContain('the token stays in GITHUB_TOKEN\n');
    expect(stderr).toMatch(/\nNext: bugprune doctor .*\n {6}bugprune {2,}.*\n$/);
    expect(text() + stderr).not.toContain(TOKEN);
    expect(readdirSync(cwd)).toEqual(['.bugprunerc']);
    const { doctor, report } = await isGood();
    expect(doctor).toMatch(/\nNothing is wrong\.\nNext: bugprune report\b.*\n$/);
    expect(report.summary).toMatchObject({ open: 6, warn: 3, attention: 2 });
  });

  test('prints as JSON what it chose, and what it counted', async () => {
    const { file, fake, init, content } = await github(acme());
    const { code, stdout } = await init(undefined, 'acme/app', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      kind: 'init',
      file,
      tracker: { type: 'github', source: 'github:acme/app', as: 'octocat', token: 'GITHUB_TOKEN' },
      complete: true,
      open: 6,
      undecided: 0,
      thresholds: [
        { untargetedFor: '6w', bugs: 3 },
        { untargetedFor: '12w', bugs: 2 },
        { untargetedFor: '26w', bugs: 1 },
      ],
      chosen: {
        bugs: [{ kind: 'label', name: 'kind/bug' }],
        parked: ['Backlog', 'Future: "maybe" #1'],
        warn: '1w',
        untargetedFor: '6w',
      },
      config: content(),
    });
    expect(fake.requests.length).toBeLessThan(12);
  });

  test('reads a history once where only that tells', async () => {
    const store = acme();
    const recent = { event: 'commented', at: '2026-11-20T00:00:00Z' };
    const labels = ['kind/bug'];
    store.addIssue('acme/app', {
      createdAt: '2026-01-01T00:00:00Z',
      labels,
      events: [{ ...recent, actor: { login: 'ci[bot]', type: 'Bot' } }],
    });
    store.addIssue('acme/app', { createdAt: '2026-01-01T00:00:00Z', labels, events: [{ ...recent, actor: 'mona' }] });
    const { init } = await github(store);
    const { stdout } = await init(undefined, 'acme/app', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ open: 8, thresholds: [{ bugs: 4 }, { bugs: 3 }, { bugs: 2 }] });
  });

  test('takes all that may make a bug where none is plain', async () => {
    const { init, content } = await github(acme(['ui bug', 'crash', 'docs']));
    expect((await init(undefined, 'acme/app', '--yes')).code).toBe(0);
    expect(content()).toMatchObject({ trackers: { app: { bugs: { labels: ['ui bug', 'crash'] } } } });
  });

  test('writes nothing where nothing sounds like a bug, and says how to choose', async () => {
    const { init, file } = await github(acme(['Mangel', 'docs']));
    const { code, stderr } = await init(undefined, 'acme/app', '--yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(/No label and no issue type of github:acme\/app sounds like a bug.*\n.*without --yes/);
    expect(existsSync(file)).toBe(false);
  });

  test('says so where nothing is planned, and leaves that as it is', async () => {
    const store = githubStore({ now: () => NOW });
    store.addRepository('acme/app', { labels: ['bug'] });
    store.addIssue('acme/app', { createdAt: '2026-01-01T00:00:00Z', labels: ['bug'] });
    const { init, isGood } = await github(store);
    const { code, stderr } = await init(undefined, 'acme/app', '--yes');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^1 of 1 bugs are of a project without any milestone or version.*targets\.treat\.unplanned/m);
    expect((await isGood()).report.summary).toMatchObject({ undecided: 1 });
  });

  test('the address of one bug is as good as that of all', async () => {
    const { init, content } = await github(acme());
    expect((await init(undefined, 'acme/app#1', '--yes')).code).toBe(0);
    expect(content()).toMatchObject({ trackers: { app: { repos: ['acme/app'] } } });
  });

  test('an organization is a source as well', async () => {
    const store = acme(['kind/bug'], 'Organization');
    store.addRepository('acme/lib', { labels: ['bug'] });
    const { init, content, isGood } = await github(store);
    expect((await init(undefined, 'github:acme', '--yes')).code).toBe(0);
    expect(content()).toMatchObject({
      trackers: { acme: { org: 'acme', bugs: { labels: ['kind/bug', 'bug'], types: ['Bug'] } } },
    });
    await isGood();
  });

  test('what could be read is counted where not all can be, and the exit code tells', async () => {
    const store = acme(['kind/bug'], 'Organization');
    store.addRepository('acme/lib', { labels: ['bug'] });
    store.addIssue('acme/lib', { createdAt: '2026-01-01T00:00:00Z', labels: ['bug'] });
    const fault = ({ path }: FakeRequest): Fault | undefined =>
      path === '/repos/acme/lib/issues' ? { status: 500, body: { message: 'no' } } : undefined;
    const { init, content } = await github(store, NOW, fault);
    const { code, stdout, stderr } = await init(undefined, 'github:acme', '--yes', '--json');
    expect(code).toBe(4);
    expect(stderr).toMatch(/^bugprune: .*500/m);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, open: 6, config: content() });
  });
});

describe('the questions', () => {
  test('are few where all is plain, and Enter takes what is proposed', async () => {
    const { init, content, isGood } = await github(acme());
    const { code, stderr } = await init(['', '', ''], 'acme/app');
    expect(code).toBe(0);
    const yes = 'Warn in a comment first, and close a week later if nobody answers? [Y/n] ';
    expect(stderr.slice(0, stderr.indexOf('Written: ')).split('\n')).toEqual([
      'github:acme/app, as octocat',
      'Bugs are told by: label "kind/bug"',
      'Which of these promise nothing? A bug that has only such a target is kept, and reported.',
      '  1  Backlog (1 open bug)',
      '  2  Future: "maybe" #1 (0 open bugs)',
      `Numbers or names, separated by commas; 0 for none [1, 2]: ${yes}How long without a target release is long enough? Of 6 open bugs, the first run would warn:`,
      '  1  6w   3 bugs',
      '  2  12w  2 bugs',
      '  3  26w  1 bug',
      'Number [1]: ',
    ]);
    expect(content()).toMatchObject({ targets: { parked: ['Backlog', 'Future: "maybe" #1'] }, policies: [POLICY] });
    await isGood();
  });

  test('are about what makes a bug where that is not plain, and every answer counts', async () => {
    const { init, content, isGood } = await github(acme(['kind/bug', 'bug', 'crash', 'docs']));
    const answers = ['crash, 1', '1', 'n', '26w'];
    const { code, stderr } = await init(answers, 'acme/app');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /What makes an issue a bug\?.*\n {2}1 {2}label "kind\/bug"\n {2}2 {2}label "bug"\n {2}3 {2}label "crash"\n {2}and 2 more, by name\nNum/,
    );
    expect(stderr).toContain('the first run would close:\n');
    expect(content()).toMatchObject({
      trackers: { app: { bugs: { labels: ['kind/bug', 'crash'] } } },
      targets: { parked: ['Backlog'] },
      policies: [{ name: 'untargeted', when: { untargetedFor: '26w', idleFor: '2w' } }],
    });
    expect((await isGood()).report.summary).toMatchObject({ open: 6, close: 1, warn: 0 });
  });

  test('show all labels and types where none sounds like a bug', async () => {
    const { init, content } = await github(acme(['Mangel', 'docs']));
    const { code, stderr } = await init(['', 'mangel', '', '', ''], 'acme/app');
    expect(code).toBe(0);
    expect(stderr).toMatch(/ {2}1 {2}label "Mangel"\n {2}2 {2}label "docs"\n/);
    expect(content()).toMatchObject({ trackers: { app: { bugs: { labels: ['Mangel'] } } } });
  });

  test('none is parked where that is the answer', async () => {
    const { init, content } = await github(acme());
    expect((await init(['0', '', ''], 'acme/app')).code).toBe(0);
    expect(content()).not.toHaveProperty('targets');
  });

  test.each([[[]], [['1']], [['1', 'y']], [['x', 'y', 'z']]])(
    'left at the end of the input (%j), nothing is written',
    async (answers) => {
      const { init, cwd } = await github(acme());
      const { code, stderr } = await init(answers, 'acme/app');
      expect(code).toBe(answers[0] === 'x' ? 2 : 130);
      expect(stderr).toMatch(/othing was written/);
      expect(readdirSync(cwd)).toEqual([]);
    },
  );

  test.each([1, 2, 3])('left with Ctrl-C at number %i, nothing is written', async (last) => {
    const { run, cwd } = await github(acme());
    const stop = new AbortController();
    let asked = 0;
    const answer = () => {
      asked++;
      if (asked < last) return '';
      stop.abort();
      // As the real terminal does when a signal ends a question.
      stop.signal.throwIfAborted();
      return '';
    };
    const { code, stderr } = await run(['init', 'acme/app'], { answer, stop: stop.signal });
    expect([code, asked]).toEqual([130, last]);
    expect(stderr).toMatch(/Interrupted\.\n$/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('an interruption after the last answer writes nothing either', async () => {
    const { run, cwd } = await github(acme());
    const stop = new AbortController();
    const answer = (question: string) => {
      if (question.startsWith('Number [')) stop.abort();
      return '';
    };
    expect((await run(['init', 'acme/app'], { answer, stop: stop.signal })).code).toBe(130);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('a refusal', () => {
  test.each(['.bugprunerc', '.bugprunerc.json', 'package.json'])(
    'a configuration that is there (%s) stays as it is',
    async (name) => {
      const { cwd, init, fake } = await github(acme());
      const text = name === 'package.json' ? '{"bugprune":{}}' : '{}';
      writeFileSync(join(cwd, name), text);
      const { code, stderr } = await init(undefined, 'acme/app', '--yes');
      expect(code).toBe(2);
      expect(stderr).toContain(`There is a configuration already: ${join(cwd, name)}.`);
      expect([readdirSync(cwd), readFileSync(join(cwd, name), 'utf8'), fake.requests.length]).toEqual([[name], text, 0]);
    },
  );

  test('a file that came into being while questions were asked stays as it is', async () => {
    const { run, file } = await github(acme());
    const answer = () => {
      writeFileSync(file, 'mine');
      return '';
    };
    const { code } = await run(['init', 'acme/app'], { answer });
    expect([code, readFileSync(file, 'utf8')]).toEqual([2, 'mine']);
  });

  test.each<[string, string[], InProcessOptions, RegExp]>([
    ['nobody to ask', ['acme/app'], {}, /nobody to answer.*\nAdd --yes/],
    ['no source', ['--yes'], {}, /no git remote "origin".*\nName the source: bugprune init /],
    ['a source that nobody knows', ['--yes', 'https://example.com/'], {}, /is no source that bugprune knows/],
    [
      'a remote that nobody knows',
      ['--yes'],
      { remote: 'https://me:s3cret@gitlab.com/a/b.git' },
      /^bugprune: "https:\/\/gitlab\.com\/a\/b\.git" is no source/,
    ],
    ['another configuration', ['acme/app', '--yes', '--config', 'x.yaml'], {}, /--config and --tracker/],
    ['one tracker of none', ['acme/app', '--yes', '--tracker', 'x'], {}, /--config and --tracker/],
    ['a clock that is none', ['acme/app', '--yes', '--now', 'noon'], {}, /--now: expected an instant/],
  ])('%s is a mistake in the command', async (_, args, options, message) => {
    const cwd = emptyFolder();
    const { code, stderr } = await inProcess(['init', ...args], { cwd, env: { GITHUB_TOKEN: TOKEN }, ...options });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('s3cret');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([
    ['acme/none', 3, /acme\/none/],
    ['acme/old', 2, /acme\/archived|archived/],
  ])('%s cannot be looked at: exit code %i', async (source, expected, message) => {
    const store = acme();
    store.addRepository('acme/old', { archived: true });
    const { init, cwd } = await github(store);
    const { code, stderr } = await init(undefined, source, '--yes');
    expect(code).toBe(expected);
    expect(stderr).toMatch(message);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('a token that is wrong leads to 3, and is not shown', async () => {
    const { run, cwd } = await github(acme());
    const { code, stderr } = await run(['init', 'acme/app', '--yes'], {
      env: { GITHUB_API_URL: (open[0] as GithubFake).url, GITHUB_TOKEN: 'no-such-token' },
    });
    expect(code).toBe(3);
    expect(stderr).not.toContain('no-such-token');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

test('in a folder below another configuration the new one takes its place, which is said', async () => {
  const { cwd, run } = await github(acme());
  writeFileSync(join(cwd, '.bugprunerc'), 'keep: { labels: [never] }');
  const below = join(cwd, 'sub');
  mkdirSync(below);
  const { code, stderr } = await run(['init', 'acme/app', '--yes'], { cwd: below });
  expect(code).toBe(0);
  expect(stderr).toContain(`Here it will take the place of ${join(cwd, '.bugprunerc')}`);
  expect(parseText('.bugprunerc', readFileSync(join(below, '.bugprunerc'), 'utf8'))).not.toHaveProperty('keep');
});

describe('names that mean something elsewhere', () => {
  const NAMES = [
    'a: b',
    '- bug',
    '"bug"',
    "it's a bug",
    'bug #1',
    '{bug}',
    '*bug',
    '!bug',
    '%bug',
    'bug 🐛',
    '\\bug\\n',
    'null',
    `bug ${'x'.repeat(40)}`,
  ];

  test('are written so that the same is read, and everything exists', async () => {
    const store = githubStore({ now: () => NOW });
    const inProgress = ['status: in progress', '"WIP"', '# doing'];
    store.addRepository('acme/app', { labels: [...NAMES, ...inProgress, 'Priority: "critical"'], ownerType: 'User' });
    const parked = ['Backlog: #1', '"Future"', '- later', '{icebox}', "Someday's", 'TBD 🐛', '*backlog*'];
    for (const title of parked) store.addMilestone('acme/app', { title });
    store.addIssue('acme/app', { createdAt: '2026-01-01T00:00:00Z', labels: ['- bug'] });
    const { init, content, isGood } = await github(store);
    expect((await init(undefined, 'acme/app', '--yes')).code).toBe(0);
    expect(content()).toMatchObject({
      trackers: {
        app: {
          bugs: { labels: NAMES.filter((name) => !['a: b', 'null'].includes(name) && !/x{9}|it's|#1|n$/.test(name)) },
          inProgress,
          priority: { Critical: ['Priority: "critical"'] },
        },
      },
      targets: { parked },
    });
    expect((await isGood()).report.summary).toMatchObject({ open: 1, warn: 1 });
  });
});

describe.each<JiraFlavour>(['cloud', 'datacenter'])('init on Jira (%s)', (flavour) => {
  function erp(): JiraStore {
    const store = createStore({ now: () => Date.parse(NOW) });
    addVersion(store, 'ERP', { name: 'Backlog' });
    addIssue(store, { created: '2026-01-01T00:00:00Z' });
    addIssue(store, { created: '2026-01-01T00:00:00Z', priority: 'Highest' });
    addIssue(store, { created: '2026-01-01T00:00:00Z', fixVersions: ['Backlog'] });
    addIssue(store, { created: '2026-10-01T00:00:00Z' });
    return store;
  }

  test('writes what fits the project', async () => {
    const { fake, init, content, text, isGood } = await jira(flavour, erp());
    const { code, stderr } = await init(['', '', '2'], `${fake.url}/browse/ERP-1`);
    expect(code).toBe(0);
    expect(content()).toEqual({
      trackers: { erp: { type: 'jira', url: fake.url, projects: ['ERP'], bugs: { types: ['Bug'] } } },
      targets: { parked: ['Backlog'] },
      policies: [{ ...POLICY, when: { untargetedFor: '12w', idleFor: '2w' } }],
    });
    expect(stderr).toContain('  1  6w   2 bugs\n  2  12w  1 bug\n  3  26w  1 bug\n');
    expect(stderr).toContain('the token stays in the JIRA_ variables');
    expect(text()).toContain('JIRA_API_TOKEN');
    expect(text() + stderr).not.toContain(TOKEN);
    expect((await isGood()).report.summary).toMatchObject({ open: 4, warn: 1, attention: 2 });
  });

  test('asks for the type where bugs are called otherwise, and protects the priorities that there are', async () => {
    const store = createStore({ now: () => Date.parse(NOW) });
    store.types = ['Production bug', 'Crash: "hard" #1', 'Task'].map((name, index) => ({
      id: String(index),
      name,
      subtask: false,
    }));
    store.priorities = ['P0', 'P1', 'P2'].map((name, index) => ({ id: String(index), name }));
    for (const project of store.projects) project.issueTypes = store.types.map(({ name }) => name);
    addIssue(store, { created: '2026-01-01T00:00:00Z', type: 'Crash: "hard" #1', priority: 'P0' });
    addIssue(store, { created: '2026-01-01T00:00:00Z', type: 'Crash: "hard" #1', priority: 'P1' });
    const { fake, init, content, isGood } = await jira(flavour, store);
    const { code, stderr } = await init(['2', '', ''], `${fake.url}/browse/ERP`);
    expect(code).toBe(0);
    expect(stderr).toContain('  1  type "Production bug"\n  2  type "Crash: "hard" #1"\n  and 1 more, by name\nNumbers');
    expect(content()).toMatchObject({
      trackers: { erp: { bugs: { types: ['Crash: "hard" #1'] } } },
      keep: { priorities: ['P0'] },
    });
    expect((await isGood()).report.summary).toMatchObject({ open: 2, warn: 1, attention: 1 });
  });

  test.skipIf(!aloyPresent)('counts what the first run would close in a real project (needs ../shared)', async () => {
    const { fake, init, isGood } = await jira(flavour, loadAloy(), '2021-12-02T00:00:00Z');
    const { code, stdout } = await init(undefined, `${fake.url}/projects/ALOY`, '--yes', '--json');
    expect(code).toBe(0);
    const { open: all, thresholds } = JSON.parse(stdout) as { open: number; thresholds: { bugs: number }[] };
    expect([all, thresholds.map(({ bugs }) => bugs)]).toEqual([52, [47, 47, 47]]);
    expect((await isGood()).report.summary).toMatchObject({ open: 52, warn: 47 });
  });

  test.skipIf(!localisedPresent)('finds bugs in Chinese (needs ../shared)', async () => {
    const store = loadLocalised();
    addIssue(store, { project: 'EE', type: '缺陷', status: '打开', created: '2021-01-01T00:00:00Z', priority: null });
    const { fake, init, content, isGood } = await jira(flavour, store, '2022-12-01T00:00:00Z');
    expect((await init(undefined, `${fake.url}/projects/EE`, '--yes')).code).toBe(0);
    expect(content()).toMatchObject({ trackers: { ee: { bugs: { types: ['缺陷'] } } } });
    await isGood();
  });
});

test.skipIf(!githubGuiIsPresent)('a real repository: one label, no milestone that is parked (needs ../shared)', async () => {
  const now = '2026-08-21T20:00:00Z';
  const { init, content, isGood } = await github(loadGithubGui({ now: () => now }), now);
  const { stdout } = await init(undefined, 'acme/gui', '--yes', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ open: 43, thresholds: [{ bugs: 42 }, { bugs: 42 }, { bugs: 42 }] });
  expect(content()).toMatchObject({ trackers: { gui: { bugs: { labels: ['Bug'], types: ['Bug'] } } } });
  expect(content()).not.toHaveProperty('targets');
  expect((await isGood()).report.summary).toMatchObject({ open: 43, warn: 42 });
});

describe('a snapshot', () => {
  test('is configured by its path, and its parked milestones are found on its bugs', async () => {
    const { cwd, init, content, isGood } = here();
    copyFileSync(SAMPLE, join(cwd, 'backlog.ndjson'));
    const { code, stderr } = await init(['', 'n', ''], 'backlog.ndjson');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^file:backlog\.ndjson, as bugprune\nWhich of these/);
    expect(content()).toEqual({
      trackers: { backlog: { type: 'file', path: 'backlog.ndjson' } },
      targets: { parked: ['Backlog', 'Future'] },
      policies: [{ name: 'untargeted', when: POLICY.when }],
    });
    const shown = /1 {2}6w +(\d+) bugs/.exec(stderr)?.[1];
    expect((await isGood()).report.summary.close).toBe(Number(shown));
  });

  test('the built program does the same without a terminal', async () => {
    const cwd = emptyFolder();
    copyFileSync(SAMPLE, join(cwd, 'backlog.ndjson'));
    const refused = await bugprune(['init', 'backlog.ndjson'], { cwd });
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('Add --yes');
    const { code, stdout } = await bugprune(['init', 'backlog.ndjson', '--yes', '--json', '--now', NOW], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'init', open: 312 });
    expect((await bugprune(['doctor'], { cwd })).code).toBe(0);
  });
});

const SCRIPT = '/usr/bin/script';
const BIN = fileURLToPath(new URL('../../bin/bugprune.js', import.meta.url));

/** The built program at a terminal of its own, where this key is pressed at the first question. */
function atTerminal(cwd: string, key: string): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(SCRIPT, ['-qec', `'${process.execPath}' '${BIN}' init backlog.ndjson`, '/dev/null'], { cwd });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      const before = text.includes('Numbers or names');
      text += part;
      if (!before && text.includes('Numbers or names')) child.stdin.write(key);
    });
    child.on('error', reject).on('close', (code) => resolve({ code, text }));
  });
}

describe.skipIf(process.platform !== 'linux' || !existsSync(SCRIPT))('at a real terminal (needs script of util-linux)', () => {
  test.each([
    ['Ctrl-D', '\u0004', 'No answer: nothing was written.'],
    ['Ctrl-C', '\u0003', 'Interrupted.'],
  ])('%s ends it, and nothing is written', async (_, key, words) => {
    const cwd = emptyFolder();
    copyFileSync(SAMPLE, join(cwd, 'backlog.ndjson'));
    const { code, text } = await atTerminal(cwd, key);
    expect(text).toContain(words);
    expect([code, readdirSync(cwd)]).toEqual([130, ['backlog.ndjson']]);
  });
});
