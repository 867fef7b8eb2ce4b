import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
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
import { inProcess } from './in-process.js';
import { bugprune, emptyFolder } from './program.js';

/** The backlogs here are small, and most of their bugs are to be closed: more than the limits allow by themselves. */
const YES = ['--yes', '--limit', '99'];
const NOW = '2026-08-21T20:00:00Z';
const open: GithubFake[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

/** A stand-in, and the program pointed at it. Its clock stands where the report's does. */
async function github(store: GithubStore, fault?: (request: FakeRequest, count: number) => Fault | undefined) {
  const fake = await startGithub({ store, ...(fault && { fault }), now: () => NOW });
  open.push(fake);
  const run = (args: readonly string[], env: Record<string, string> = {}, now = NOW) =>
    bugprune([...args, '--now', now], { env: { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token', ...env } });
  return { fake, run, writes: () => fake.requests.filter(({ write }) => write) };
}

/** A repository with one bug to close, one that is planned and one that is young. */
function smallStore(): GithubStore {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  store.addIssue('acme/app', { title: 'Old', labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
  store.addIssue('acme/app', { title: 'Planned', labels: ['bug'], milestone: 'v2', createdAt: '2025-01-01T00:00:00Z' });
  store.addIssue('acme/app', { title: 'Young', labels: ['bug'], createdAt: '2026-08-20T00:00:00Z' });
  return store;
}

const parse = (text: string): Report => JSON.parse(text) as Report;
const proposed = (report: Report): string[] => report.bugs.filter(({ verdict }) => verdict === 'close').map(({ ref }) => ref);

describe.skipIf(!githubGuiIsPresent)('a real repository (needs ../shared)', () => {
  test('reports exactly its open bugs, proposes only untargeted ones, and writes nothing', async () => {
    const { fake, run, writes } = await github(loadGithubGui());
    const { code, stdout, stderr } = await run(['github:acme/gui', '--json']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = parse(stdout);
    expect(report.bugs).toHaveLength(43);
    expect(report.summary.open).toBe(43);
    expect(report.bugs.filter(({ target }) => target.class === 'untargeted')).toHaveLength(42);
    expect(report.bugs.filter(({ target }) => target.class === 'slipped')).toHaveLength(1);

    const closing = report.bugs.filter(({ verdict }) => verdict === 'close');
    expect(closing.length).toBeGreaterThan(10);
    for (const bug of closing) {
      expect(bug.target.class).toBe('untargeted');
      expect(bug.untargetedSince).not.toBeNull();
      expect(bug.comment).toContain('no target release');
      const measured = new Map(bug.reasons.map(({ rule, outcome, data }) => [rule, { outcome, days: data.days }]));
      expect(measured.get('untargetedFor')?.days).toBeGreaterThanOrEqual(42);
      expect(measured.get('idleFor')?.days).toBeGreaterThanOrEqual(14);
    }
    expect(writes()).toEqual([]);
    expect(fake.violations).toEqual([]);

    // Design, section 10: list pages + ⌈bugs whose history is needed / 25⌉ + 3.
    const lists = fake.requests.filter(({ path }) => path.endsWith('/issues')).length;
    const needed = report.bugs.filter(({ untargetedSince }) => untargetedSince !== null).length;
    expect(fake.requests.length).toBeLessThanOrEqual(lists + Math.ceil(needed / 25) + 3);
  });

  test('prunes exactly what it proposed, each with one comment before the close, and then has nothing to do', async () => {
    const { fake, run } = await github(loadGithubGui());
    // More writes than GitHub allows in a minute: within the test, waiting takes no time.
    const env = { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' };
    const prune = () => inProcess(['prune', 'github:acme/gui', ...YES, '--json', '--now', NOW], { env });
    const dryRun = async () => parse((await run(['github:acme/gui', '--json'])).stdout);
    const plan = proposed(await dryRun());
    const { code, stdout } = await prune();
    expect(code).toBe(0);
    const report = parse(stdout);
    expect(report.mode).toBe('prune');
    expect(report.bugs.filter(({ result }) => result?.status === 'closed').map(({ ref }) => ref)).toEqual(plan);

    for (const ref of plan) {
      const issue = fake.store.issue(ref);
      expect(issue).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
      const ours = issue.events.filter(({ actor }) => actor?.login === 'octocat').map(({ event }) => event);
      expect(ours).toEqual(['commented', 'closed']);
    }
    expect((await dryRun()).bugs).toHaveLength(43 - plan.length);

    const again = await prune();
    expect(again.code).toBe(0);
    expect(proposed(parse(again.stdout))).toEqual([]);
    expect(fake.violations).toEqual([]);
  });
});

describe('what a user meets', () => {
  test('a closed bug costs four requests', async () => {
    const { fake, run } = await github(smallStore());
    await run(['github:acme/app']);
    const reading = fake.requests.length;
    await run(['prune', 'github:acme/app', ...YES]);
    expect(fake.store.issue('acme/app#1').state).toBe('closed');
    expect(fake.requests.length - 2 * reading).toBe(4);
  });

  test('a comment that fails leaves the bug open', async () => {
    const { fake, run } = await github(smallStore(), ({ write, path }) =>
      write && path.endsWith('/comments') ? { status: 502, body: { message: 'Server Error' } } : undefined,
    );
    const { code, stdout } = await run(['prune', 'github:acme/app', ...YES, '--json']);
    expect(code).toBe(5);
    expect(
      parse(stdout)
        .bugs.map(({ result }) => result?.status)
        .filter(Boolean),
    ).toEqual(['failed']);
    expect(fake.store.issue('acme/app#1').state).toBe('open');
  });

  test('a comment whose answer was lost is found again, not posted again', async () => {
    const { fake, run } = await github(smallStore(), ({ write, path }) =>
      write && path.endsWith('/comments') ? { drop: 'after' } : undefined,
    );
    const { code } = await run(['prune', 'github:acme/app', ...YES]);
    expect(code).toBe(0);
    const issue = fake.store.issue('acme/app#1');
    expect(issue.events.map(({ event }) => event)).toEqual(['commented', 'closed']);
  });

  test('an account that may only read is told so before it comments on anything', async () => {
    const store = smallStore();
    for (const title of ['Two', 'Three', 'Four'])
      store.addIssue('acme/app', { title, labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
    const fake = await startGithub({ store, permission: 'READ', now: () => NOW });
    open.push(fake);
    const env = { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' };
    const { code, stdout } = await bugprune(['prune', 'github:acme/app', ...YES, '--json', '--now', NOW], { env });
    expect(code).toBe(5);
    const details = parse(stdout).bugs.flatMap(({ result }) => result?.detail ?? []);
    expect(details[0]).toContain('may only read acme/app#1: closing takes the triage role');
    expect(details.slice(2)).toEqual(Array(2).fill('not tried: this account was refused before'));
    expect(fake.requests.filter(({ write }) => write)).toEqual([]);
  });

  test('a close that failed is made up for by the next run, without a second comment', async () => {
    let broken = true;
    const { fake, run } = await github(smallStore(), ({ method }) =>
      broken && method === 'PATCH'
        ? { status: 403, body: { message: 'Resource not accessible by personal access token' } }
        : undefined,
    );
    expect((await run(['prune', 'github:acme/app', ...YES])).code).toBe(5);
    expect(fake.store.issue('acme/app#1').state).toBe('open');
    broken = false;
    expect((await run(['prune', 'github:acme/app', ...YES])).code).toBe(0);
    expect(fake.store.issue('acme/app#1').events.map(({ event }) => event)).toEqual(['commented', 'closed']);
  });

  test('a bug that a person answered since the report is skipped; a robot is no reason to', async () => {
    const store = smallStore();
    store.addIssue('acme/app', { title: 'Old too', labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
    const { run } = await github(store);
    const first = await run(['github:acme/app', '--json']);
    expect(first.code).toBe(0);
    expect(proposed(parse(first.stdout))).toEqual(['acme/app#1', 'acme/app#4']);
    store.comment(store.issue('acme/app#1'), { body: 'Still happens.', at: NOW });
    store.comment(store.issue('acme/app#4'), { body: 'beep', by: { login: 'ci[bot]', type: 'Bot' }, at: NOW });
    const file = join(emptyFolder(), 'report.json');
    await writeFile(file, first.stdout);
    const { code, stdout } = await run(['prune', file, 'github:acme/app', ...YES, '--json']);
    expect(code).toBe(5);
    expect(parse(stdout).bugs.map(({ ref, result }) => `${ref} ${result?.status}`)).toEqual([
      'acme/app#1 skipped',
      'acme/app#2 undefined',
      'acme/app#4 closed',
      'acme/app#3 undefined',
    ]);
  });

  test('reopened by a person after we closed it: kept for good', async () => {
    const { fake, run } = await github(smallStore());
    await run(['prune', 'github:acme/app', ...YES]);
    const issue = fake.store.issue('acme/app#1');
    fake.store.reopen(issue, { by: 'mona', at: NOW });
    const report = parse((await run(['github:acme/app', '--json'], {}, '2027-08-21T20:00:00Z')).stdout);
    const bug = report.bugs.find(({ ref }) => ref === 'acme/app#1');
    expect(bug?.verdict).toBe('keep');
  });

  test.each<[string, Fault, number, RegExp]>([
    [
      'a wrong token',
      { status: 401, body: { message: 'Bad credentials' } },
      3,
      /^bugprune: GitHub does not accept the token from GITHUB_TOKEN \(401: Bad credentials\)\.\n/,
    ],
    [
      'a proxy page',
      { status: 200, body: '<html>Sign in</html>' },
      4,
      /answered with a web page \(200\), not by GitHub's API\.\nIs a proxy or a login page in between\?/,
    ],
    [
      'a repository that is not there for us',
      { status: 404, body: { message: 'Not Found' } },
      3,
      /^bugprune: GitHub .* \(404: Not Found\)\.\n/,
    ],
  ])('%s ends in one clear message', async (_name, fault, expected, message) => {
    const { run, writes } = await github(smallStore(), () => fault);
    const { code, stdout, stderr } = await run(['prune', 'github:acme/app', ...YES]);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(stderr).not.toMatch(/test-token|\n\s+at /);
    expect(writes()).toEqual([]);
  });

  test('a question is asked first, and without a yes nothing is written', async () => {
    const { fake, writes } = await github(smallStore());
    const env = { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' };
    const prune = (answer: string) => inProcess(['prune', 'github:acme/app', '--now', NOW], { env, answer });
    const declined = await prune('n');
    expect(declined.code).toBe(0);
    expect(declined.stderr).toMatch(
      /Would close[\s\S]*acme\/app#1[\s\S]*Close 1 of 3 open bugs.*\[y\/N\][\s\S]*Nothing was changed/,
    );
    expect(writes()).toEqual([]);
    expect((await prune('y')).code).toBe(0);
    expect(fake.store.issue('acme/app#1').state).toBe('closed');
  });

  test('Ctrl-C finishes the bug at hand and stops', async () => {
    const store = smallStore();
    for (const title of ['Old too', 'Old as well'])
      store.addIssue('acme/app', { title, labels: ['bug'], createdAt: '2025-02-01T00:00:00Z' });
    const { fake } = await github(store, ({ write }) => (write ? { delay: 300 } : undefined));
    const env = { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' };
    const { code, stdout } = await bugprune(['prune', 'github:acme/app', ...YES, '--json', '--now', NOW], {
      env,
      on: { text: 'Run ', signal: 'SIGINT' },
    });
    expect(code).toBe(130);
    expect(parse(stdout).bugs.flatMap(({ ref, result }) => (result ? [`${ref} ${result.status}`] : []))).toEqual([
      'acme/app#1 closed',
    ]);
    expect(['acme/app#1', 'acme/app#4', 'acme/app#5'].map((ref) => store.issue(ref).state)).toEqual(['closed', 'open', 'open']);
  });

  test('no token at all says what to set', async () => {
    const { run } = await github(smallStore());
    const { code, stderr } = await run(['github:acme/app'], { GITHUB_TOKEN: '' });
    expect(code).toBe(3);
    expect(stderr).toContain('GITHUB_TOKEN');
  });

  test('a renamed repository, a deleted issue and a locked one each say so, and nothing else is closed', async () => {
    const store = smallStore();
    store.addRepository('acme/old', { renamedTo: 'acme/app' });
    const { run, writes } = await github(store);
    const renamed = await run(['prune', 'github:acme/old', ...YES]);
    expect(renamed).toMatchObject({ code: 4, stdout: '' });
    expect(renamed.stderr).toMatch(/^bugprune: acme\/old is now acme\/app\.\nUse the new name/);
    expect(writes()).toEqual([]);

    const locked = store.addIssue('acme/app', { title: 'Locked', labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
    store.lock(locked, { at: '2025-01-01T00:00:00Z' });
    Object.assign(store.repository('acme/app'), { permission: 'TRIAGE' });
    const file = join(emptyFolder(), 'report.json');
    await writeFile(file, (await run(['github:acme/app', '--json'])).stdout);
    store.delete(store.issue('acme/app#1'));
    const { code, stdout } = await run(['prune', file, 'github:acme/app', ...YES, '--json']);
    expect(code).toBe(5);
    expect(
      parse(stdout).bugs.flatMap(({ ref, result }) => (result ? [`${ref} ${result.status}: ${result.detail}`] : [])),
    ).toEqual([expect.stringMatching(/^acme\/app#1 failed: .*\(410: .*deleted/)]);
    expect(parse(stdout).bugs.find(({ ref }) => ref === `acme/app#${locked.number}`)).toMatchObject({
      verdict: 'undecided',
      reasons: expect.arrayContaining([
        expect.objectContaining({ message: 'the conversation is locked: commenting takes the write role' }),
      ]),
    });
    expect(locked.state).toBe('open');
    expect(writes()).toEqual([]);
  });

  test('a reviewed report closes nothing on another site that has a bug of the same name', async () => {
    const other = githubStore({ now: () => NOW });
    other.addRepository('acme/app');
    other.addMilestone('acme/app', { title: 'v2' });
    other.addIssue('acme/app', { title: 'Old on another site', labels: ['bug'], createdAt: '2025-03-01T00:00:00Z' });
    const [here, there] = [await github(smallStore()), await github(other)];
    const file = join(emptyFolder(), 'report.json');
    await writeFile(file, (await here.run(['github:acme/app', '--json'])).stdout);
    const { code, stdout } = await there.run(['prune', file, 'github:acme/app', ...YES, '--json']);
    expect(code).toBe(5);
    expect(parse(stdout).bugs.flatMap(({ result }) => result ?? [])).toEqual([
      { status: 'skipped', detail: expect.stringMatching(/^the report is about another bug, http/) },
    ]);
    expect(there.writes()).toEqual([]);
  });

  test('what is no bug any more is not closed', async () => {
    const store = smallStore();
    const { run, writes } = await github(store);
    const file = join(emptyFolder(), 'report.json');
    await writeFile(file, (await run(['github:acme/app', '--json'])).stdout);
    store.unlabel(store.issue('acme/app#1'), 'bug', { by: { login: 'ci[bot]', type: 'Bot' }, at: NOW });
    const { code, stdout } = await run(['prune', file, 'github:acme/app', ...YES, '--json']);
    expect([code, parse(stdout).bugs.flatMap(({ result }) => result ?? [])]).toEqual([
      5,
      [{ status: 'skipped', detail: 'it is not a bug any more (label or type)' }],
    ]);
    expect(writes()).toEqual([]);
  });

  test('several repositories: one that cannot be read does not hide the other', async () => {
    const { run } = await github(smallStore());
    const { code, stdout } = await run(['github:acme/app', 'github:acme/nowhere', '--json']);
    expect(code).toBe(3);
    const report = parse(stdout);
    expect(report.trackers.map(({ complete }) => complete)).toEqual([true, false]);
    expect(report.bugs).toHaveLength(3);
  });

  test('under GitHub Actions the report is appended to the job summary too', async () => {
    const { run } = await github(smallStore());
    const summary = join(emptyFolder(), 'summary.md');
    await run(['github:acme/app'], { GITHUB_STEP_SUMMARY: summary });
    expect(await readFile(summary, 'utf8')).toContain('acme/app#1');
  });
});
