import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Backtests, backtestsSchema } from '../../src/report/backtest/document.js';
import { inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

/** A folder with the samples in it, and a configuration where one is given. */
function folder(config?: object): string {
  const cwd = emptyFolder();
  for (const name of ['history.ndjson', 'backlog.ndjson']) copyFileSync(example(name), join(cwd, name));
  if (config) writeFileSync(join(cwd, '.bugprunerc'), JSON.stringify(config));
  return cwd;
}

const CARING = { keep: { comments: 8 } };

async function document(args: readonly string[], cwd: string): Promise<Backtests> {
  const { code, stdout, stderr } = await inProcess(['backtest', ...args, '--json'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return backtestsSchema.parse(JSON.parse(stdout));
}

describe('the sample', () => {
  test('looks like this', async () => {
    const { code, stdout, stderr } = await inProcess(['backtest', 'history.ndjson', '--vary'], { cwd: folder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('../golden/backtest/sample-100.txt');
  });

  test('a policy that closes what people care about is regretted; the guard that is proposed protects that', async () => {
    const plain = await document(['history.ndjson', '--vary'], folder());
    const { summary, protection } = plain.policy;
    expect(summary.rate).toBeGreaterThan(0.15);
    expect(plain.comparison?.recommended).toBeNull();
    expect(protection[0]).toMatchObject({ guard: 'comments', setting: 'comments: 8' });

    const caring = await document(['history.ndjson', '--vary'], folder(CARING));
    expect(caring.policy.summary.rate).toBeLessThan(0.05);
    expect(caring.policy.summary.rate).toBe(protection[0]?.rate);
    expect(caring.policy.summary.closed).toBeGreaterThan(summary.closed / 2);
    expect(caring.comparison?.recommended).toBe('6w');
    expect(caring.policy.policyDigest).not.toBe(plain.policy.policyDigest);
  });

  test('is replayed for the two years before it was taken, unless somebody says otherwise', async () => {
    const cwd = folder();
    const usual = await document(['history.ndjson'], cwd);
    expect([usual.policy.from, usual.policy.to, usual.policy.weeks.length]).toEqual([
      '2024-11-22T09:00:00Z',
      '2026-11-22T09:00:00Z',
      105,
    ]);
    expect([usual.variations, usual.comparison]).toEqual([[], null]);
    const other = await document(['history.ndjson', '--from', '2024-01-31', '--to', '2025-01-31', '--every', '1mo'], cwd);
    expect(other.policy.weeks.map(({ at }) => at.slice(0, 10)).slice(0, 3)).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
    expect(other.policy.weeks).toHaveLength(13);
    expect(other.staleBot.weeks.map(({ at }) => at)).toEqual(other.policy.weeks.map(({ at }) => at));
  });

  test('thresholds may be any, in any order, and the bound too', async () => {
    const args = ['history.ndjson', '--vary', 'untargetedFor=2y,8w, 60d,8w', '--bound', '21%'];
    const { variations, comparison, bound } = await document(args, folder());
    expect(variations.map(({ threshold }) => threshold)).toEqual(['8w', '60d', '2y']);
    expect(bound).toBe(0.21);
    expect(comparison?.recommended).toBe('8w');
  });

  test('the same input gives the same bytes, whatever the day', async () => {
    const cwd = folder();
    const [first, second] = await Promise.all(
      ['2026-11-22', '2030-01-01'].map((now) =>
        inProcess(['backtest', 'history.ndjson', '--vary', '--json', '--now', now], { cwd }),
      ),
    );
    expect(first?.stdout).toBe(second?.stdout);
  });

  test('machine users of the configuration are no people', async () => {
    const { policy } = await document(['history.ndjson'], folder({ bots: ['dev-*'] }));
    expect(policy.closures.filter(({ fate }) => fate === 'targeted')).toEqual([]);
    expect((await document(['history.ndjson'], folder())).policy.closures.some(({ fate }) => fate === 'targeted')).toBe(true);
  });

  test('is only read', async () => {
    const cwd = folder();
    await inProcess(['backtest', 'history.ndjson'], { cwd });
    expect(readFileSync(join(cwd, 'history.ndjson'), 'utf8')).toBe(readFileSync(example('history.ndjson'), 'utf8'));
    expect(existsSync(join(cwd, '.bugprune'))).toBe(false);
  });
});

describe('files', () => {
  test('get the format of their ending, all at once', async () => {
    const cwd = folder();
    const names = ['b.html', 'b.md', 'b.json', 'b.txt'];
    const { code, stdout } = await inProcess(['backtest', 'history.ndjson', ...names.flatMap((name) => ['-o', name])], { cwd });
    expect(code).toBe(0);
    const [html, md, json, txt] = names.map((name) => readFileSync(join(cwd, name), 'utf8'));
    expect(html).toMatch(/^<!doctype html>/);
    expect(md).toMatch(/^## bugprune: backtest\n/);
    expect(backtestsSchema.parse(JSON.parse(json ?? ''))).toMatchObject({ kind: 'backtests' });
    // A file has room for all that people came back to.
    expect(stdout).toContain('… and 33 more');
    expect(txt).not.toContain('more; all of them');
    expect(txt?.match(/^ {2}acme\/app#/gm)).toHaveLength(43);
  });

  test('the job summary gets Markdown', async () => {
    const cwd = folder();
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const { stdout } = await inProcess(['backtest', 'history.ndjson', '--format', 'markdown'], { cwd, env });
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toBe(stdout);
  });
});

describe('a snapshot of open bugs only', () => {
  test('tells half the truth, and says so first', async () => {
    const { code, stdout } = await inProcess(['backtest', 'backlog.ndjson'], { cwd: folder() });
    expect(code).toBe(0);
    expect(stdout).toContain('The snapshot backlog was taken of open bugs only');
    expect(stdout).toContain('To see what was fixed, too: bugprune snapshot github:acme/app --all -o history.ndjson');
  });
});

describe('snapshots of the configuration', () => {
  const trackers = { app: { type: 'file', path: 'history.ndjson' }, old: { type: 'file', path: 'backlog.ndjson' } };

  test('are read under the names that policies know', async () => {
    const policies = [{ name: 'app only', when: { untargetedFor: '6w', trackers: ['app'] } }];
    const both = await document([], folder({ trackers, policies }));
    expect(both.snapshots.map(({ name, whole }) => [name, whole])).toEqual([
      ['app', true],
      ['old', false],
    ]);
    expect(new Set(both.policy.closures.map(({ tracker }) => tracker))).toEqual(new Set(['app']));
    expect(new Set(both.staleBot.closures.map(({ tracker }) => tracker))).toEqual(new Set(['app', 'old']));
  });

  test('the next command goes on with what was chosen', async () => {
    const cwd = folder({ trackers });
    const { stdout } = await inProcess(['backtest', '--tracker', 'app', '--every', '1mo', '--config', '.bugprunerc'], { cwd });
    expect(stdout).toContain(
      'Other thresholds beside it: bugprune backtest --tracker app --every 1mo --vary --config .bugprunerc\n',
    );
  });
});

describe('what cannot be meant is refused, and stdout stays empty', () => {
  test.each<[args: readonly string[], code: number, told: string]>([
    [['acme/app'], 2, 'acme/app is no snapshot.'],
    [[], 2, 'There is nothing to look at'],
    [['missing.ndjson'], 3, 'missing.ndjson: no such file or folder'],
    [['history.ndjson', '--from', 'monday'], 2, '--from: expected a day such as 2024-11-22'],
    [['history.ndjson', '--from', '2027-01-01'], 2, 'A backtest runs forwards'],
    [['history.ndjson', '--to', '2026-11-23'], 2, '--to: history was taken on 2026-11-22T09:00:00Z and knows nothing of'],
    [['history.ndjson', '--every', '6 weeks'], 2, '--every: expected a duration such as 1d, 1w or 1mo, found "6 weeks".'],
    [['history.ndjson', '--every', '1h', '--from', '2000-01-01'], 2, 'there are more than 100000 runs'],
    [['--vary', 'history.ndjson'], 2, 'Name the snapshot before --vary.'],
    [['history.ndjson', '--vary', 'idleFor=4w'], 2, '--vary: expected nothing, or untargetedFor=4w,6w,12w, found "idleFor=4w".'],
    [['history.ndjson', '--vary', 'untargetedFor=4w,6'], 2, '--vary: expected a duration'],
    [['history.ndjson', '--bound', '5'], 2, '--bound: expected a percentage such as 5%'],
    [['history.ndjson', '--bound', '0%'], 2, '--bound: expected a percentage'],
    [['history.ndjson', '--bound', '101%'], 2, 'at most 100%'],
    [['history.ndjson', '-o', 'b.csv'], 2, 'expected one of .txt, .json, .md, .html'],
    [['history.ndjson', '-o', 'no/b.html'], 2, 'the folder no does not exist'],
    [['history.ndjson', '--format', 'ndjson'], 2, '--format: expected table, json, markdown, html, found "ndjson".'],
  ])('%j', async (args, code, told) => {
    const outcome = await inProcess(['backtest', ...args], { cwd: folder() });
    expect(outcome.stderr).toContain(told);
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: '' });
  });

  test('thresholds, where no policy has one', async () => {
    const policies = [{ name: 'old', when: { openFor: '1y' } }];
    const { code, stderr } = await inProcess(['backtest', 'history.ndjson', '--vary'], { cwd: folder({ policies }) });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('No policy has untargetedFor') });
  });
});

describe('docs/backtest.md', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/backtest.md', import.meta.url)), 'utf8');
  const blocks = [...page.matchAll(/^```(sh|text|yaml)\n(.*?)^```$/gms)].map(([, kind = '', text = '']) => ({ kind, text }));

  test('says what comes of its commands', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'examples'));
    copyFileSync(example('history.ndjson'), join(cwd, 'examples/history.ndjson'));
    let [printed, shown] = ['', 0];
    for (const { kind, text } of blocks) {
      if (kind === 'yaml') writeFileSync(join(cwd, /^# (\S+)$/m.exec(text)?.[1] ?? ''), text);
      if (kind === 'text') {
        shown++;
        for (const line of text.split('\n')) expect(printed.split('\n')).toContain(line);
      }
      for (const command of kind === 'sh' ? text.trim().split('\n') : []) {
        const { code, stdout, stderr } = await inProcess(command.split(' ').slice(1), { cwd });
        expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
        printed = stdout;
      }
    }
    expect(shown).toBe(2);
  });
});
