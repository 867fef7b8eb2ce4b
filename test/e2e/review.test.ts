import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Bug } from '../../src/model/bug.js';
import type { Report } from '../../src/report/document.js';
import type { History } from '../../src/report/history/document.js';
import { aBug } from '../../src/testing.js';
import { formatLine, snapshotHeader } from '../../src/trackers/file/format.js';
import { type InProcessOptions, inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const SAMPLE = fileURLToPath(new URL('../../examples/backlog.ndjson', import.meta.url));
const NOW = '2026-11-22T09:00:00Z';
const LIMIT = ['--limit', '9'];

/** A folder with a snapshot in it: of five old bugs and one that is planned, or the sample. */
function aBacklog(bugs?: readonly Bug[]) {
  const cwd = emptyFolder();
  const path = join(cwd, 'backlog.ndjson');
  if (bugs) {
    const header = snapshotHeader({ source: 'github:acme/app', takenAt: NOW, account: 'octocat' });
    writeFileSync(path, [header, ...bugs].map((line) => `${formatLine(line)}\n`).join(''));
  } else copyFileSync(SAMPLE, path);
  const before = readFileSync(path, 'utf8');
  const run = (args: readonly string[], options: InProcessOptions = {}, now = NOW) =>
    inProcess([...args, '--now', now], { cwd, ...options });
  return {
    cwd,
    run,
    review: (answer: NonNullable<InProcessOptions['answer']>, more: readonly string[] = LIMIT, options: InProcessOptions = {}) =>
      run(['prune', 'backlog.ndjson', '--interactive', '--json', ...more], { ...options, answer }),
    report: async (now = NOW): Promise<Report> => parse((await run(['backlog.ndjson', '--json'], {}, now)).stdout),
    isUntouched: () => readFileSync(path, 'utf8') === before && !existsSync(join(cwd, '.bugprune')),
    bugs: () =>
      readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line) as Bug),
  };
}

const fiveOld = () => {
  const titles = ['Crash', 'Freeze', 'Typo', 'Leak', '\u001b[31mred\u001b[0m ::error::x'];
  const old = titles.map((title, index) => aBug({ ref: `acme/app#${index + 1}`, title }));
  return aBacklog([...old, aBug({ ref: 'acme/app#6', targets: [{ name: 'v2', state: 'open' }] })]);
};

const parse = (text: string): Report => JSON.parse(text) as Report;
const fates = ({ bugs }: Report) => bugs.map(({ verdict, snooze, result }) => [verdict, snooze ?? null, result?.status ?? null]);

describe('prune --interactive', () => {
  test('does what was chosen, bug by bug, and nothing else', async () => {
    const backlog = fiveOld();
    const { code, stdout, stderr } = await backlog.review(['y', 'n', 's', '6w', 's', '', 'yes', 'y']);
    expect(code).toBe(0);
    const report = parse(stdout);
    expect(report.mode).toBe('prune');
    expect(fates(report)).toEqual([
      ['close', null, 'closed'],
      ['keep', null, null],
      ['keep', '2027-01-03', 'snoozed'],
      ['keep', '2027-02-22', 'snoozed'],
      ['close', null, 'closed'],
      ['keep', null, null],
    ]);
    expect(report.bugs[1]?.reasons).toEqual(report.bugs[0]?.reasons);
    expect(report.summary).toMatchObject({ open: 6, close: 2, keep: 4 });
    expect(stderr).toContain('1 of 5\nacme/app#1  Crash\n');
    expect(stderr).toContain('\n5 of 5 · so far: close 1, keep 1, snooze 2\nacme/app#5  [31mred [0m :\u2060:error:\u2060:x\n');
    expect(stderr).toContain('Chosen: close 2, keep 1, snooze 2.');
    expect(stderr).toContain('Close 2 and snooze 2 of 6 open bugs, each with a comment? [y/N, b goes back] ');
    expect(stderr).toContain('leave it open until 2027-01-03');
    expect(backlog.bugs().map(({ state, events }) => [state, events.length])).toEqual([
      ['closed', 2],
      ['open', 0],
      ['open', 1],
      ['open', 1],
      ['closed', 2],
      ['open', 0],
    ]);
  });

  test('the history says what was snoozed, and misses nothing', async () => {
    const backlog = fiveOld();
    await backlog.review(['y', 'n', 's', '6w', 's', '', 'yes', 'y']);
    const [run] = (JSON.parse((await backlog.run(['history', '--json'])).stdout) as History).runs;
    expect(run).toMatchObject({ planned: 4, closed: 2, snoozed: 2, skipped: 0, failed: 0 });
    const { stdout } = await backlog.run(['history']);
    expect(stdout).toContain('  2 snoozed\n');
    expect(stdout).not.toContain('not reached');
  });

  test('what was snoozed is not proposed until the day is over, and then again; the rest at once', async () => {
    const backlog = fiveOld();
    await backlog.review(['n', 'n', 's', '2027-01-03', 's', 'forever', 'n', 'y']);
    const at = async (now: string) =>
      (await backlog.report(now)).bugs.map(({ verdict, reasons }) => [verdict, reasons[0]?.message]);
    const quiet = expect.stringMatching(/^no target release for/);
    const until = ['keep', 'snoozed until 2027-01-03'];
    const forGood = ['keep', 'snoozed for good'];
    expect((await at('2027-01-03T23:59:59Z')).slice(0, 4)).toEqual([['close', quiet], ['close', quiet], until, forGood]);
    expect((await at('2027-01-04T00:00:00Z')).slice(0, 4)).toEqual([
      ['close', quiet],
      ['close', quiet],
      ['close', quiet],
      forGood,
    ]);
  });

  test('is taken back by an undo like any other run', async () => {
    const backlog = fiveOld();
    await backlog.review(['y', 'n', 's', '', 's', 'forever', 'y', 'y']);
    expect((await backlog.report()).summary).toMatchObject({ open: 4, close: 1 });
    const { code, stdout } = await backlog.run(['undo', '--json'], { answer: 'y' }, '2026-11-23T09:00:00Z');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).summary).toMatchObject({ takenBack: 4, left: 0, failed: 0 });
    const marks = backlog
      .bugs()
      .flatMap(({ events }) => events.flatMap(({ mark, value }) => (mark ? [[mark.action, value?.slice(0, 12)]] : [])));
    expect(marks).toEqual(Array(4).fill(['undo', '[taken back]']));
    expect(
      (await backlog.report('2026-11-23T09:00:00Z')).bugs.filter(({ verdict }) => verdict === 'close').length,
    ).toBeGreaterThan(2);
  });

  test('an interrupted one is resumed with its snoozes', async () => {
    const backlog = fiveOld();
    const stop = new AbortController();
    const keys = ['s', 'forever', 'n', 'n', 'n', 'y', 'y'];
    const answer = (question: string) => {
      if (question.startsWith('Close 1 and snooze 1')) stop.abort();
      return keys.shift() ?? '';
    };
    const { code, stdout, stderr } = await backlog.review(answer, LIMIT, { stop: stop.signal });
    expect(code).toBe(130);
    expect(fates(parse(stdout)).map(([, , status]) => status)).toEqual([null, null, null, null, null, null]);
    const run = /--resume (\S+)/.exec(stderr)?.[1] ?? '';
    const resumed = await backlog.run(['prune', '--resume', run, '--json'], { answer: 'y' });
    expect(resumed.code).toBe(0);
    expect(fates(parse(resumed.stdout))).toEqual([
      ['keep', 'forever', 'snoozed'],
      ['close', null, 'closed'],
    ]);
  });
});

describe('the keys', () => {
  test('b goes back, Enter keeps what was chosen before, c shows the comment, ? the keys', async () => {
    const backlog = fiveOld();
    const { stdout, stderr } = await backlog.review([
      'b',
      '',
      'y',
      'N',
      'b',
      'b',
      '',
      's',
      '',
      'c',
      '?',
      'x',
      'y',
      'no',
      'y',
      'b',
      'n',
      'y',
    ]);
    expect(fates(parse(stdout)).map(([verdict, snooze]) => [verdict, snooze])).toEqual([
      ['close', null],
      ['keep', '2027-02-22'],
      ['close', null],
      ['keep', null],
      ['keep', null],
      ['keep', null],
    ]);
    expect(stderr).toContain('This is the first one.');
    expect(stderr).toContain('Close? [y,n,s,c,b,a,q,?] (Enter: keep) ');
    expect(stderr).toContain('Close? [y,n,s,c,b,a,q,?] (Enter: close) ');
    expect(stderr).toContain('\nThis bug has had no target release for 1056 days');
    expect(stderr).toContain('  s  keep it, and leave it alone until a day, or for good\n');
    expect(stderr.match(/That is none of the keys/g)).toHaveLength(2);
  });

  test('a agrees to all that is left, but not against what was decided', async () => {
    const backlog = fiveOld();
    const { stdout } = await backlog.review(['y', 'y', 'n', 'b', 'b', 'a', 'y']);
    expect(fates(parse(stdout)).map(([verdict]) => verdict)).toEqual(['close', 'close', 'keep', 'close', 'close', 'keep']);
  });

  test('a snooze asks until it is told a day to come; b leads back to the bug', async () => {
    const backlog = fiveOld();
    const { stdout, stderr } = await backlog.review([
      's',
      'soon',
      '2026-11-21',
      '2027-02-30',
      'b',
      'n',
      's',
      '2026-11-22',
      'q',
      'y',
    ]);
    expect(fates(parse(stdout)).slice(0, 2)).toEqual([
      ['keep', null, null],
      ['keep', '2026-11-22', 'snoozed'],
    ]);
    expect(stderr.match(/Expected a duration such as 3mo, a day such as 2027-03-01, or "forever"\./g)).toHaveLength(2);
    expect(stderr).toContain('2026-11-21 is over.');
  });

  test('q carries out what was chosen so far; the rest stays as it is', async () => {
    const backlog = fiveOld();
    const { code, stdout, stderr } = await backlog.review(['y', 'n', 'q', 'b', 'q', 'y']);
    expect(code).toBe(0);
    expect(stderr).toContain('Chosen: close 1, keep 1; 3 not decided, which stay as they are.');
    expect(fates(parse(stdout))).toEqual([
      ['close', null, 'closed'],
      ['keep', null, null],
      ['close', null, null],
      ['close', null, null],
      ['close', null, null],
      ['keep', null, null],
    ]);
  });

  test('a warning is asked about as one', async () => {
    const backlog = fiveOld();
    writeFileSync(join(backlog.cwd, 'my.yaml'), 'policies: [{ name: gentle, when: { untargetedFor: 6w }, warn: 1w }]\n');
    const { stdout, stderr } = await backlog.review(['y', 's', '', 'q', 'y'], [...LIMIT, '--config', 'my.yaml']);
    expect(stderr).toContain('Warn? [y,n,s,c,b,a,q,?] ');
    expect(stderr).toContain('Warn 1 and snooze 1 of 6 open bugs');
    expect(fates(parse(stdout)).slice(0, 2)).toEqual([
      ['warn', null, 'warned'],
      ['keep', '2027-02-22', 'snoozed'],
    ]);
  });
});

describe('nothing is changed', () => {
  const way = ['y', 's', '6w', 'n', 'c', 'b', 's', 'forever', 'y', 'y', 'y'];

  test.each(way.map((_, count) => [count]))('by Ctrl-D after %i answers', async (count) => {
    const backlog = fiveOld();
    const { code, stdout, stderr } = await backlog.review(way.slice(0, count));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/Nothing was changed\.\n$/);
    expect(backlog.isUntouched()).toBe(true);
  });

  test.each(way.map((_, count) => [count]))('by Ctrl-C after %i answers', async (count) => {
    const backlog = fiveOld();
    const stop = new AbortController();
    const keys = way.slice(0, count);
    const answer = () => {
      const key = keys.shift();
      if (key !== undefined) return key;
      stop.abort();
      return Promise.reject(stop.signal.reason as Error);
    };
    const { code, stdout, stderr } = await backlog.review(answer, LIMIT, { stop: stop.signal });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/Interrupted\.\n$/);
    expect(backlog.isUntouched()).toBe(true);
  });

  test.each([
    ['q at once', ['q']],
    ['q after keeping some', ['n', 'n', 'q']],
    ['q, and nothing', ['y', 's', '', 'q', '']],
    ['q, and no', ['y', 'q', 'n']],
    ['no in the end', ['a', 'no']],
    ['nonsense in the end', ['a', 'sure']],
  ])('by %s', async (_, answers) => {
    const backlog = fiveOld();
    const { code, stdout, stderr } = await backlog.review(answers);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/Nothing was changed\.\n$/);
    expect(backlog.isUntouched()).toBe(true);
  });

  test('on the tracker when everything is kept; that it was decided stands in the report', async () => {
    const backlog = fiveOld();
    const bugs = backlog.bugs();
    const { code, stdout, stderr } = await backlog.review(['n', 'n', 'n', 'n', 'n']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/Chosen: keep 5\.\n$/);
    expect(fates(parse(stdout))).toEqual(Array(6).fill(['keep', null, null]));
    expect(backlog.bugs()).toEqual(bugs);
  });
});

describe('the limits', () => {
  test('are held against what was chosen: more may be gone through', async () => {
    const backlog = aBacklog();
    const { code, stdout, stderr } = await backlog.review(['y', 'n', 'y', 'q', 'y'], []);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^1\d\d of \d+ open bugs would be closed, more than limits\.closes allows: 25\. Choose no more than that\.\n/,
    );
    const closed = parse(stdout).bugs.filter(({ result }) => result?.status === 'closed');
    expect(closed).toHaveLength(2);
  });

  test('refuse what is too much in the end, with exit code 6, the report and the way ahead', async () => {
    const backlog = fiveOld();
    const { code, stdout, stderr } = await backlog.review(['y', 'y', 'y', 's', '', 'n', 'no'], []);
    expect(code).toBe(6);
    expect(backlog.isUntouched()).toBe(true);
    expect(stderr).toContain('3 of 6 open bugs would be closed, more than limits.share (20%) allows: 2. Nothing was changed.');
    expect(stderr).toContain(`All of them: bugprune prune backlog.ndjson --now ${NOW} --interactive --limit 3\n`);
    expect(fates(parse(stdout)).map(([verdict, snooze]) => [verdict, snooze])).toEqual([
      ['close', null],
      ['close', null],
      ['close', null],
      ['keep', '2027-02-22'],
      ['keep', null],
      ['keep', null],
    ]);
  });

  test('and what was chosen is not lost where it is written to a file', async () => {
    const backlog = fiveOld();
    await backlog.run(['backlog.ndjson', '-o', 'report.json']);
    const args = ['prune', 'report.json', 'backlog.ndjson', '--interactive', '-o', 'mine.json'];
    const refused = await backlog.run(args, { answer: ['y', 'n', 'y', 's', '', 'y', 'no'] });
    expect(refused.code).toBe(6);
    const command = `bugprune prune mine.json backlog.ndjson --now ${NOW} --interactive --limit 3`;
    expect(refused.stderr).toContain(`All of them: ${command}\n`);
    const [, ...again] = command.split(' ');
    const done = await backlog.run([...again, '--json'], { answer: ['a', 'y'] });
    expect(done.code).toBe(0);
    expect(fates(parse(done.stdout))).toEqual([
      ['close', null, 'closed'],
      ['keep', null, null],
      ['close', null, 'closed'],
      ['keep', '2027-02-22', 'snoozed'],
      ['close', null, 'closed'],
      ['keep', null, null],
    ]);
  });

  test('and lead back on demand', async () => {
    const backlog = fiveOld();
    const { code, stdout } = await backlog.review(['y', 'n', 'n', 'y', 'y', 'b', 'n', 'y'], []);
    expect(code).toBe(0);
    expect(parse(stdout).bugs.filter(({ result }) => result?.status === 'closed')).toHaveLength(2);
  });

  test('with --drain, no more is asked about than they allow', async () => {
    const backlog = aBacklog();
    const { code, stdout, stderr } = await backlog.review(['a', 'y'], ['--drain']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^25 to go through\./);
    expect(parse(stdout).bugs.filter(({ result }) => result?.status === 'closed')).toHaveLength(25);
  });
});

describe('a reviewed report', () => {
  test('can be gone through once more', async () => {
    const backlog = fiveOld();
    await backlog.run(['backlog.ndjson', '-o', 'report.json']);
    const file = join(backlog.cwd, 'report.json');
    const report = parse(readFileSync(file, 'utf8'));
    const bugs = report.bugs.map((bug, index) =>
      index === 0 ? { ...bug, verdict: 'keep' } : index === 1 ? { ...bug, comment: 'Gone.' } : bug,
    );
    writeFileSync(file, JSON.stringify({ ...report, bugs }));
    const args = ['prune', 'report.json', 'backlog.ndjson', '-i', '--json', ...LIMIT];
    const { code, stdout, stderr } = await backlog.run(args, { answer: ['c', 'y', 'n', 'q', 'y'] });
    expect(code).toBe(0);
    expect(stderr).toContain('1 of 4\nacme/app#2  Freeze\n');
    expect(stderr).toContain('\nGone.\n');
    expect(fates(parse(stdout)).slice(0, 4)).toEqual([
      ['keep', null, null],
      ['close', null, 'closed'],
      ['keep', null, null],
      ['close', null, null],
    ]);
  });

  test('may hold snoozes that were written by hand, for want of a terminal', async () => {
    const backlog = fiveOld();
    await backlog.run(['backlog.ndjson', '-o', 'report.json']);
    const file = join(backlog.cwd, 'report.json');
    const report = parse(readFileSync(file, 'utf8'));
    const bugs = report.bugs
      .slice(0, 3)
      .map((bug, index) => ({ ...bug, verdict: 'keep', ...(index < 2 ? { snooze: 'forever' } : {}) }));
    writeFileSync(file, JSON.stringify({ ...report, bugs }));
    const args = ['prune', 'report.json', 'backlog.ndjson'];
    const asked = await backlog.run(args, { answer: 'n' });
    expect(asked.stderr).toContain('Would snooze (2)\n');
    expect(asked.stderr).toContain('Snooze 2 of 6 open bugs, each with a comment? [y/N] ');
    expect(backlog.isUntouched()).toBe(true);
    const { code, stdout } = await backlog.run([...args, '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain('Snoozed (2)\n');
    expect(stdout).toContain('    for good (comment c1)\n');
    expect(stdout).toContain('6 open bugs: 0 closed, 2 snoozed, 1 kept');
    expect((await backlog.report()).bugs.map(({ verdict }) => verdict)).toEqual([
      'keep',
      'keep',
      'close',
      'close',
      'close',
      'keep',
    ]);
  });
});

describe('what cannot be meant is refused', () => {
  test.each<[string, string[], InProcessOptions, string]>([
    [
      'without a terminal',
      [],
      {},
      'There is no terminal at which to go through the proposals.\nGo through them in an editor: bugprune report -o report.json.',
    ],
    ['with --yes', ['--yes'], { answer: 'y' }, '--interactive asks about each bug, and --yes says not to ask.'],
    ['with --yes and without a terminal', ['--yes'], {}, '--yes says not to ask.'],
    ['with --resume', ['--resume', 'x'], { answer: 'y' }, '--resume goes on with what was agreed to'],
  ])('%s', async (_, more, options, told) => {
    const backlog = fiveOld();
    const { code, stdout, stderr } = await backlog.run(['prune', 'backlog.ndjson', '--interactive', ...more], options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(told);
    expect(backlog.isUntouched()).toBe(true);
  });

  test('nothing to go through is no question', async () => {
    const backlog = aBacklog([aBug({ targets: [{ name: 'v2', state: 'open' }] })]);
    const { code, stdout, stderr } = await backlog.review([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(parse(stdout).summary).toMatchObject({ open: 1, keep: 1 });
    expect(readdirSync(join(backlog.cwd, '.bugprune')).length).toBeGreaterThan(0);
  });
});
