import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { shardOf } from '../../src/model/shard.js';
import type { Report } from '../../src/report/document.js';
import { readReport } from '../../src/report/read.js';
import { aBug } from '../../src/testing.js';
import { formatLine, snapshotHeader } from '../../src/trackers/file/format.js';
import { addIssue, addProject, createStore, type JiraFake, startJira } from '../fakes/jira/index.js';
import { inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const NOW = '2026-11-22T09:00:00Z';
const SAMPLE = fileURLToPath(new URL('../../examples/backlog.ndjson', import.meta.url));
const open: JiraFake[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

/** A folder in which commands run, always at the same instant. */
function desk(config: object, env: Record<string, string> = {}) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.bugprunerc'), JSON.stringify(config));
  const run = (line: string) => inProcess([...line.split(' '), '--now', NOW], { cwd, env });
  const text = (name: string) => readFileSync(join(cwd, name), 'utf8');
  const report = (name: string): Report => readReport(text(name), name);
  const parts = async (count: number) => {
    for (let index = 1; index <= count; index++) {
      const { code, stderr } = await run(`report --shard ${index}/${count} -o part-${index}.json`);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
  };
  return { cwd, run, text, report, parts };
}

/** Two snapshots, of several repositories and of projects, and a configuration of them. */
function twoSnapshots() {
  const files = desk({ trackers: { github: { type: 'file', path: 'a.ndjson' }, jira: { type: 'file', path: 'b.ndjson' } } });
  const snapshot = (name: string, refs: readonly string[]) => {
    const lines = [
      snapshotHeader({ source: name, takenAt: NOW, account: 'octocat' }),
      ...refs.map((ref) => aBug({ ref, tracker: name })),
    ];
    writeFileSync(join(files.cwd, name), lines.map((line) => `${formatLine(line)}\n`).join(''));
  };
  const numbers = Array.from({ length: 9 }, (_, index) => index + 1);
  snapshot(
    'a.ndjson',
    ['acme/app', 'acme/lib', 'Acme/Web', 'acme/docs'].flatMap((place) => numbers.map((number) => `${place}#${number}`)),
  );
  snapshot(
    'b.ndjson',
    ['ERP', 'WEB', 'OPS'].flatMap((place) => numbers.map((number) => `${place}-${number}`)),
  );
  return files;
}

describe('parts of several sources', () => {
  test('make the same report as one that reads everything, and it can be pruned', async () => {
    const { run, text, report, parts } = twoSnapshots();
    await run('report -o whole.json');
    await parts(3);
    const sizes = [1, 2, 3].map((index) => report(`part-${index}.json`).summary.open);
    expect(sizes.every((size) => size > 0 && size < 63)).toBe(true);
    const { code, stdout, stderr } = await run('merge part-3.json part-1.json part-2.json -o report.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('bugprune prune report.json');
    expect(text('report.json')).toBe(text('whole.json'));
    const pruned = await run('prune report.json --yes --drain --json');
    expect(pruned.code).toBe(0);
    const closed = (JSON.parse(pruned.stdout) as Report).bugs.filter(({ result }) => result?.status === 'closed');
    expect(closed).toHaveLength(13);
  });

  test('say which they are, and hold nothing of another', async () => {
    const { run, report, parts } = twoSnapshots();
    await parts(2);
    const first = report('part-1.json');
    expect(first.shard).toEqual({ index: 1, count: 2 });
    expect(first.limits).toBeNull();
    for (const { ref } of first.bugs) expect(shardOf(ref.split(/[#-]\d+$/)[0] ?? '', 2)).toBe(1);
    const sentence = 'This is part 1 of 2: some of the repositories and projects.';
    for (const format of ['table', 'markdown', 'html']) {
      const { stdout } = await run(`--shard 1/2 --format ${format}`);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(sentence);
      expect(stdout).not.toContain('bugprune prune');
    }
    expect((await run('--format markdown')).stdout).not.toContain('This is part');
  });

  test('are not pruned one by one', async () => {
    const { run, parts } = twoSnapshots();
    await parts(2);
    const { code, stderr } = await run('prune part-2.json --yes');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'bugprune: This report is only part 2 of 2, and the limits are about the whole.\nPut the parts together first: bugprune merge part-*.json -o report.json\n',
    );
  });

  test('that are missing are told, with exit code 4, and the rest is still reported', async () => {
    const { run, report, parts } = twoSnapshots();
    await parts(3);
    const { code, stderr } = await run('merge part-1.json part-3.json -o report.json --fail-on close');
    expect(code).toBe(4);
    expect(stderr).toContain('bugprune: github: part 2 of 3 is missing\nbugprune: jira: part 2 of 3 is missing\n');
    const { trackers, bugs } = report('report.json');
    expect(trackers.map(({ complete }) => complete)).toEqual([false, false]);
    expect(bugs.length).toBeGreaterThan(0);
  });

  test('keep what a reviewer has edited in them', async () => {
    const { cwd, run, report, parts } = twoSnapshots();
    await parts(2);
    const part = report('part-1.json');
    const [kept, ...bugs] = part.bugs;
    if (!kept) throw new Error('a bug');
    const edited = { ...part, bugs: [{ ...kept, verdict: 'keep', policy: null, comment: null }, ...bugs.slice(1)] };
    writeFileSync(join(cwd, 'part-1.json'), JSON.stringify(edited));
    await run('merge part-1.json part-2.json -o report.json');
    const merged = report('report.json');
    expect(merged.bugs).toHaveLength(62);
    expect(merged.summary).toMatchObject({ open: 63, keep: 1, close: 61 });
  });

  test('fail on what is found in all of them', async () => {
    const { run, parts } = twoSnapshots();
    await parts(2);
    const { code, stderr } = await run('merge part-1.json part-2.json --fail-on close --json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '--fail-on close: 63\n' });
  });
});

describe('merge refuses', () => {
  test.each([
    ['a file that is not there', 'merge nowhere.json', 'nowhere.json cannot be read: '],
    ['a file that is no report', 'merge .bugprunerc', '.bugprunerc is not a report'],
    ['half a file', 'merge half.json', 'half.json is not JSON'],
    ['what the rules did not propose', 'merge part-1.json evil.json', 'evil.json cannot be applied:'],
    ['an impossible part', 'merge impossible.json', 'impossible.json cannot be applied:\n  shard.index: expected an index'],
    ['the same part twice', 'merge part-1.json part-1.json', 'part-1.json and part-1.json are both part 1 of 2.'],
    ['trackers by name', 'merge part-1.json --tracker jira', '--tracker: a merge takes whole reports'],
    ['nothing', 'merge', 'report.json'],
  ])('%s', async (_what, command, message) => {
    const { cwd, run, report, text, parts } = twoSnapshots();
    await parts(2);
    const part = report('part-1.json');
    const evil = part.bugs.map((bug) => ({ ...bug, comment: 'Thanks, @everybody' }));
    writeFileSync(join(cwd, 'evil.json'), JSON.stringify({ ...part, shard: { index: 2, count: 2 }, bugs: evil }));
    writeFileSync(join(cwd, 'impossible.json'), JSON.stringify({ ...part, shard: { index: 3, count: 2 } }));
    writeFileSync(join(cwd, 'half.json'), text('part-1.json').slice(0, 900));
    const { code, stdout, stderr } = await run(command);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('a report of other policies; with the policies of here gone, it says whose limits hold', async () => {
    const { cwd, run, parts } = twoSnapshots();
    await parts(2);
    const policies = [{ name: 'patient', when: { untargetedFor: '1y' } }];
    writeFileSync(join(cwd, 'other.yaml'), JSON.stringify({ policies }));
    const other = await run('merge part-1.json part-2.json --config other.yaml');
    expect(other.code).toBe(0);
    expect(other.stderr).toBe(
      'The policies of the configuration here are not those of these reports. Its limits are the ones that hold.\n',
    );
    await run('report a.ndjson --config other.yaml --shard 2/2 -o part-2.json');
    const { code, stderr } = await run('merge part-1.json part-2.json');
    expect(code).toBe(2);
    expect(stderr).toContain('part-2.json was made with other policies than part-1.json.');
  });
});

test.each(['0/2', '3/2', '1/0', '1/257', '2', '1/2/3', '-1/2', '1.5/2', 'a/b', ''])('--shard %j is refused', async (part) => {
  const { code, stderr } = await inProcess(['report', SAMPLE, `--shard=${part}`]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--shard .*Expected a part such as 2\/8/s);
});

test('a prune and a backtest take no part', async () => {
  for (const command of ['prune', 'backtest']) {
    expect((await inProcess([command, SAMPLE, '--shard', '1/2'])).code).toBe(2);
  }
});

test('the sample is one repository, and so one part', async () => {
  const { cwd, run, report } = desk({});
  await run(`report ${SAMPLE} -o whole.json`);
  for (const index of [1, 2]) await run(`report ${SAMPLE} --shard ${index}/2 -o part-${index}.json`);
  const sizes = [1, 2].map((index) => report(`part-${index}.json`).bugs.length);
  expect(sizes.toSorted()[0]).toBe(0);
  await run('merge part-1.json part-2.json -o report.json');
  expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe(readFileSync(join(cwd, 'whole.json'), 'utf8'));
});

test.each(['cloud', 'datacenter'] as const)('two projects of Jira, each read by one job alone (%s)', async (flavour) => {
  const store = createStore();
  addProject(store, { key: 'WEB', versions: [] });
  for (const project of ['ERP', 'WEB', 'ERP']) addIssue(store, { project, created: '2025-01-01T00:00:00Z' });
  const fake = await startJira({ flavour, store, now: () => NOW });
  open.push(fake);
  const env = { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token', JIRA_TOKEN: 'test-token' };
  const only: Record<string, string> = flavour === 'cloud' ? env : { JIRA_TOKEN: env.JIRA_TOKEN };
  const { run, text, report, parts } = desk(
    { trackers: { erp: { type: 'jira', url: fake.url, projects: ['web', 'ERP'] } } },
    only,
  );
  await run('report -o whole.json');
  const before = fake.requests.length;
  await parts(2);
  const searches = fake.requests
    .slice(before)
    .filter(({ path }) => path.includes('/search'))
    .map(({ body }) => JSON.stringify(body));
  expect(searches).toHaveLength(2);
  expect(searches[0]).toContain('project in (\\"WEB\\")');
  expect(searches[1]).toContain('project in (\\"ERP\\")');
  expect(report('part-1.json').bugs.map(({ ref }) => ref)).toEqual(['WEB-1']);
  await run('merge part-2.json part-1.json -o report.json');
  expect(text('report.json')).toBe(text('whole.json'));
});
