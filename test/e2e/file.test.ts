import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Bug } from '../../src/model/bug.js';
import type { Report } from '../../src/report/document.js';
import { aBug } from '../../src/testing.js';
import { formatLine, snapshotHeader } from '../../src/trackers/file/format.js';
import { AS_OF, aloyBugs, loadAloy, present } from '../fakes/aloy.js';
import { bugprune, emptyFolder } from './program.js';

const NOW = '2026-11-22T09:00:00Z';
const SAMPLE = fileURLToPath(new URL('../../examples/backlog.ndjson', import.meta.url));

const parse = (text: string): Report => JSON.parse(text) as Report;
const refs = (report: Report, verdict: string): string[] =>
  report.bugs.filter((bug) => bug.verdict === verdict).map(({ ref }) => ref);

/** A snapshot of the given bugs in a folder of its own. */
function snapshotOf(bugs: readonly Bug[], takenAt = NOW): string {
  const path = join(emptyFolder(), 'backlog.ndjson');
  const header = snapshotHeader({ source: 'github:acme/app', takenAt, account: 'octocat' });
  writeFileSync(path, [header, ...bugs].map((line) => `${formatLine(line)}\n`).join(''));
  return path;
}

/** The sample in a folder of its own, to be changed. */
function sampleCopy(): string {
  const path = join(emptyFolder(), 'backlog.ndjson');
  copyFileSync(SAMPLE, path);
  return path;
}

describe('the sample', () => {
  test('gives a report that proposes some, keeps most, and says what to type next', async () => {
    const { code, stdout, stderr } = await bugprune(['report', SAMPLE, '--now', NOW]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^bugprune dry run, nothing was changed/);
    expect(stdout).toMatch(/3\d\d open bugs: 1\d\d would be closed/);
    expect(stdout).toMatch(/All of them: bugprune prune /);
  });

  test('the same input and clock give the same bytes', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => bugprune([SAMPLE, '--json', '--now', NOW])));
    expect(first?.stdout).toBe(second?.stdout);
  });

  test('is not touched by a report', async () => {
    const path = sampleCopy();
    await bugprune([path, '--now', NOW]);
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(SAMPLE, 'utf8'));
  });

  test('is pruned for real, once', async () => {
    const path = sampleCopy();
    const plan = parse((await bugprune([path, '--json', '--now', NOW])).stdout);
    const run = await bugprune(['prune', path, '--yes', '--limit', '200', '--json', '--now', NOW]);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/^Run 20261122T090000Z-\w+: /);
    const closed = parse(run.stdout).bugs.filter(({ result }) => result?.status === 'closed');
    expect(closed.map(({ ref }) => ref)).toEqual(refs(plan, 'close'));
    const after = parse((await bugprune([path, '--json', '--now', NOW])).stdout);
    expect(after.summary).toMatchObject({ close: 0, keep: plan.summary.keep, undecided: plan.summary.undecided });
    expect((await bugprune(['prune', path, '--yes', '--now', NOW])).code).toBe(0);
    // Every change of a snapshot is a whole new file on the disk, and of a journal a line that has to be there.
  }, 90_000);

  test('a reviewed report is applied as it was edited', async () => {
    const path = sampleCopy();
    const report = parse((await bugprune([path, '--json', '--now', NOW])).stdout);
    const [first, second, third] = report.bugs.filter(({ verdict }) => verdict === 'close');
    if (!first || !second || !third) throw new Error('the sample proposes too little');
    const edited = { ...report, bugs: [first, { ...second, verdict: 'keep' }, { ...third, comment: 'We talked about it.' }] };
    const file = join(emptyFolder(), 'report.json');
    writeFileSync(file, JSON.stringify(edited));
    const { code, stdout } = await bugprune(['prune', file, path, '--yes', '--json', '--now', NOW]);
    expect(code).toBe(0);
    expect(parse(stdout).bugs.map(({ result }) => result?.status ?? null)).toEqual(['closed', null, 'closed']);
    expect(readFileSync(path, 'utf8')).toContain('"value":"We talked about it."');

    const forged = { ...report, bugs: report.bugs.filter(({ verdict }) => verdict === 'keep').slice(0, 1) };
    writeFileSync(file, JSON.stringify({ ...forged, bugs: forged.bugs.map((bug) => ({ ...bug, verdict: 'close' })) }));
    const refused = await bugprune(['prune', file, path, '--yes', '--now', NOW]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('a bug that they keep stays open');
  });

  test('explains a bug that would be closed and one that is kept', async () => {
    const report = parse((await bugprune([SAMPLE, '--json', '--now', NOW])).stdout);
    const [close] = refs(report, 'close');
    const { code, stdout } = await bugprune(['explain', close ?? '', SAMPLE, '--now', NOW]);
    expect(code).toBe(0);
    expect(stdout).toContain('would be closed by policy "untargeted"');
    expect(stdout).toMatch(/when untargetedFor: 6w\s+yes\s+no target release for \d+ days/);
    const [keep] = refs(report, 'keep');
    expect((await bugprune(['explain', keep ?? '', SAMPLE, '--now', NOW])).stdout).toContain('is kept');
    const missing = await bugprune(['explain', 'acme/app#999999', SAMPLE]);
    expect({ code: missing.code, stdout: missing.stdout }).toEqual({ code: 3, stdout: '' });
  });

  test('exit codes: --fail-on, a question that nobody can answer, bad words', async () => {
    expect((await bugprune([SAMPLE, '--now', NOW, '--fail-on', 'close'])).code).toBe(1);
    expect((await bugprune([SAMPLE, '--now', NOW, '--fail-on', 'undecided', '--json'])).code).toBe(1);
    expect((await bugprune(['prune', SAMPLE])).code).toBe(2);
    expect((await bugprune(['--nonsense'])).code).toBe(2);
    expect((await bugprune(['no-such-source'])).code).toBe(2);
    expect((await bugprune([])).code).toBe(2);
    expect((await bugprune(['--version'])).code).toBe(0);
  });
});

describe('a warning first', () => {
  test('is given once, ages, and is followed by a closing with a comment of its own', async () => {
    const path = snapshotOf([aBug()]);
    const config = join(emptyFolder(), 'config.yaml');
    writeFileSync(config, 'policies: [{ name: gentle, when: { untargetedFor: 6w }, warn: 1w }]\n');
    const at = async (command: string, now: string) => {
      const { code, stdout } = await bugprune([...command.split(' '), path, '--json', '-c', config, '--now', now]);
      expect(code).toBe(0);
      return parse(stdout).bugs.map(({ verdict, result, reasons }) => [verdict, result?.status ?? null, reasons[0]?.rule]);
    };
    expect(await at('report', '2026-11-22T09:00:00Z')).toEqual([['warn', null, 'warned']]);
    expect(await at('prune --yes', '2026-11-22T09:00:00Z')).toEqual([['warn', 'warned', 'warned']]);
    expect(await at('prune --yes', '2026-11-29T08:59:59Z')).toEqual([['keep', null, 'warned']]);
    expect(await at('prune --yes', '2026-11-29T09:00:00Z')).toEqual([['close', 'closed', 'warned']]);
    const bug = JSON.parse(readFileSync(path, 'utf8').split('\n')[1] ?? '') as Bug;
    expect(bug.events.map(({ kind, mark }) => [kind, mark?.action])).toEqual([
      ['commented', 'warn'],
      ['commented', 'close'],
      ['closed', undefined],
    ]);
  });
});

describe('a damaged file', () => {
  test.each<[string, (text: string) => string, RegExp]>([
    ['half written', (text) => text.slice(0, -40), /backlog\.ndjson:\d+/],
    ['a broken line', (text) => text.replace(/\n\{"tracker"/, '\n{"tracker'), /backlog\.ndjson:2/],
    ['no header', (text) => text.slice(text.indexOf('\n') + 1), /backlog\.ndjson:1/],
    ['nothing in it', () => '', /backlog\.ndjson/],
  ])('%s is refused with the line, and nothing is written', async (_name, damage, message) => {
    const path = sampleCopy();
    const damaged = damage(readFileSync(path, 'utf8'));
    writeFileSync(path, damaged);
    const { code, stdout, stderr } = await bugprune(['prune', path, '--yes', '--now', NOW]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  });
});

describe('hostile titles', () => {
  const TITLES = [
    '\u001b[31mred\u001b]8;;http://evil.test\u0007click',
    '@everyone #1 ::error::x',
    '::warning::',
    '##[error]x ##vso[task]',
  ];
  const MARKUP = [
    '<script>alert(1)</script>',
    '[x](javascript:alert(1)) ![y](http://evil.test/p.png)',
    '| a | b |',
    '**b** `c` https://evil.test',
  ];
  const path = snapshotOf([...TITLES, ...MARKUP].map((title, index) => aBug({ ref: `acme/app#${index + 1}`, title })));

  test.each(['table', 'json', 'markdown'])('are harmless in %s', async (format) => {
    const { code, stdout } = await bugprune([path, '--now', NOW, '--format', format], { env: { FORCE_COLOR: '0' } });
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toMatch(/##\[|##vso/);
    if (format === 'markdown') expect(stdout).not.toMatch(/@everyone|<script|\]\(javascript|!\[/);
    if (format === 'json') expect(parse(stdout).bugs.map(({ title }) => title)).toContain('@everyone #1 ::error::x');
  });
});

describe.skipIf(!present)('a real Jira project as a snapshot (needs ../shared)', () => {
  test('52 open bugs, 50 of them untargeted and 2 slipped', async () => {
    const { code, stdout } = await bugprune([snapshotOf(aloyBugs(loadAloy()), AS_OF), '--json', '--now', AS_OF]);
    expect(code).toBe(0);
    const { summary, bugs } = parse(stdout);
    expect(summary.open).toBe(52);
    const classes = bugs.map(({ target }) => target.class);
    expect(classes.filter((one) => one === 'untargeted')).toHaveLength(50);
    expect(classes.filter((one) => one === 'slipped')).toHaveLength(2);
  });
});

describe('a snapshot', () => {
  test('of a file is the file again, and both give the same verdicts', async () => {
    const copy = join(emptyFolder(), 'copy.ndjson');
    const taken = await bugprune(['snapshot', SAMPLE, '-o', copy, '--now', NOW]);
    expect({ code: taken.code, stdout: taken.stdout }).toEqual({ code: 0, stdout: '' });
    const verdicts = async (path: string) =>
      parse((await bugprune([path, '--json', '--now', NOW])).stdout).bugs.map(({ ref, verdict }) => `${ref} ${verdict}`);
    expect(await verdicts(copy)).toEqual(await verdicts(SAMPLE));
  });
});
