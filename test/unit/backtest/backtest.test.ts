import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backtest } from '../../../src/backtest/backtest.js';
import { backtestSchema } from '../../../src/backtest/document.js';
import { fatesOf } from '../../../src/backtest/fate.js';
import { lifeOf } from '../../../src/backtest/life.js';
import { policyTrial, staleTrial } from '../../../src/backtest/trial.js';
import type { BugEvent } from '../../../src/model/bug.js';
import { MONA, policy, ROBOT, ruleset, US, WEEK } from '../rules/given.js';
import { fixedLater, life, OF, on, run, words } from './backlog.js';
import { nastyBugs, rulesets, WEEKLY, week } from './given.js';
import { replayNaively } from './naive.js';

describe('the numbers of each week', () => {
  test('are those of all bugs, replayed one by one and run by run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyBugs, { maxLength: 6 }), rulesets, async (bugs, rules) => {
        const { weeks } = await run(bugs, rules);
        const expected = WEEKLY.runs.map((at) => ({ at, open: 0, withPolicy: 0, closed: 0, warned: 0 }));
        for (const given of bugs) {
          const { bug } = lifeOf(given, WEEKLY, words).told;
          const found = replayNaively(bug, rules, WEEKLY.runs);
          const closing = found.findIndex((one) => one?.verdict === 'close');
          const closedAt = WEEKLY.runs[closing];
          const regret = closedAt && fatesOf(bug, words).find(({ at }) => at > closedAt);
          for (const [index, week] of expected.entries()) {
            const isOut = closing >= 0 && index >= closing && !(regret && regret.at <= week.at);
            if (found[index]?.open) week.open++;
            if (found[index]?.open && !isOut) week.withPolicy++;
            if (index === closing) week.closed++;
            if (found[index]?.verdict === 'warn') week.warned++;
          }
        }
        expect(weeks).toEqual(expected);
      }),
      { numRuns: 200, seed: 20_261_122 },
    );
  });

  test('a regretted bug counts as open again from then on, until it is really closed', async () => {
    const { weeks } = await run([
      life('acme/app#1', [on(10, 'targeted', { value: 'v2' }), on(14, 'closed', { value: 'completed' })]),
    ]);
    const path = weeks.map(({ open, withPolicy }) => `${open}${withPolicy}`).join(' ');
    expect(path.slice(0, 48)).toBe('11 11 11 11 11 11 10 10 10 10 10 11 11 11 11 11 ');
  });
});

describe('what became of what would have been closed', () => {
  test('fixed, targeted, reopened, or nothing', async () => {
    const mark = { run: 'real', action: 'close', policy: 'untargeted' } as const;
    const document = await run([
      fixedLater('acme/app#1'),
      life('acme/app#2', [on(8, 'targeted', { value: 'v2' })], { targets: [{ name: 'v2', state: 'open' }] }),
      life('acme/app#3', [
        on(7, 'commented', { actor: US, mark }),
        on(7, 'closed', { actor: US, value: 'not_planned' }),
        on(9, 'reopened'),
      ]),
      life('acme/app#4', [on(7, 'commented'), on(8, 'commented', { actor: ROBOT })]),
      life('acme/app#5', [on(7, 'closed', { value: 'duplicate' })], { state: 'closed' }),
    ]);
    expect(
      document.closures.map(({ ref, at, fate, fateAt, days, echoes }) => [ref.slice(9), at, fate, fateAt, days, echoes]),
    ).toEqual([
      ['1', week(6), 'fixed', week(10, 3600), 28, 0],
      ['2', week(6), 'targeted', week(8, 3600), 14, 0],
      ['3', week(6), 'reopened', week(9, 3600), 21, 0],
      ['4', week(6), 'none', null, null, 1],
      ['5', week(6), 'none', null, null, 0],
    ]);
    expect(document.summary).toEqual({
      bugs: 5,
      open: 5,
      closed: 5,
      warned: 0,
      rescued: 0,
      regrets: 3,
      rate: 0.6,
      medianDays: 21,
      echoed: 1,
    });
  });

  test('a bug that was closed before is simply gone', async () => {
    const gone = life('acme/app#1', [on(3, 'closed', { value: 'completed' })], { state: 'closed' });
    const { closures, weeks, summary } = await run([gone]);
    expect([closures, summary.rate, summary.medianDays]).toEqual([[], null, null]);
    expect(weeks.slice(2, 5).map(({ open }) => open)).toEqual([1, 1, 0]);
  });

  test('what people do in the notice period rescues a bug: the warning has done its work', async () => {
    const warned = ruleset({ policies: [policy({ warn: WEEK })] });
    const fix = on(6, 'closed', { value: 'completed' });
    const document = await run(
      [
        life('acme/app#1', [fix], { state: 'closed' }),
        life('acme/app#2', [on(6, 'targeted', { value: 'v2' })], { targets: [{ name: 'v2', state: 'open' }] }),
        life('acme/app#3', [on(6, 'commented')]),
        life('acme/app#4', [{ ...fix, at: week(7) }], { state: 'closed' }),
        life('acme/app#5', [{ ...fix, at: week(7, 1) }], { state: 'closed' }),
        life('acme/app#6', [on(6, 'closed', { value: 'duplicate' })], { state: 'closed' }),
      ],
      warned,
    );
    expect(document.rescued.map(({ ref, warnedAt, fate, days }) => [ref.slice(9), warnedAt, fate, days])).toEqual([
      ['1', week(6), 'fixed', 0],
      ['2', week(6), 'targeted', 0],
      ['4', week(6), 'fixed', 7],
    ]);
    // The comment on 3 restarts `idleFor`; a second warning finds no answer. 5 was fixed a second after the run that closes it.
    expect(document.closures.map(({ ref, at, fate }) => [ref.slice(9), at, fate])).toEqual([
      ['5', week(7), 'fixed'],
      ['3', week(10), 'none'],
    ]);
    expect(document.summary).toMatchObject({ closed: 2, warned: 7, rescued: 3, regrets: 1 });
  });

  test('a bug that was fixed after another policy had closed it is no rescue', async () => {
    const quick = policy({ name: 'quick', when: { untargetedFor: '10w' } });
    const slow = policy({ name: 'slow', warn: { count: 12, unit: 'w' } });
    const fixed = life('acme/app#1', [on(12, 'closed', { value: 'completed' })], { state: 'closed' });
    const { closures, rescued, summary } = await run([fixed], ruleset({ policies: [quick, slow] }));
    expect(closures.map(({ policy: name, at, fate }) => [name, at, fate])).toEqual([['quick', week(10), 'fixed']]);
    expect([summary.warned, rescued]).toEqual([1, []]);
  });

  test('what happened in the very second of a run was known to it', async () => {
    const at = week(6);
    const events: BugEvent[] = [
      { at, kind: 'closed', actor: MONA, value: 'completed' },
      { at, kind: 'reopened', actor: MONA },
    ];
    const when = { openFor: '6w' };
    const closed = await run([life('acme/app#1', events)], ruleset({ policies: [policy({ when })] }));
    expect(closed.closures.map((closure) => [closure.at, closure.fate])).toEqual([[at, 'none']]);
    const warned = await run([life('acme/app#1', events)], ruleset({ policies: [policy({ when, warn: WEEK })] }));
    expect([warned.weeks[6]?.warned, warned.rescued]).toEqual([1, []]);
  });

  test('a confidential bug is shown by its ref alone', async () => {
    const { closures } = await run([life('acme/app#1', [], { confidential: true, title: 'Passwords in the log' })]);
    expect(closures.map(({ ref, title }) => [ref, title])).toEqual([['acme/app#1', '']]);
  });
});

describe('the document', () => {
  test('fits its schema, survives JSON, and is the same each time', async () => {
    const bugs = fc.sample(nastyBugs, { numRuns: 60, seed: 7 }).map((bug, index) => ({ ...bug, ref: `acme/app#${index}` }));
    const rules = ruleset({ policies: [policy({ warn: WEEK })] });
    const document = await run(bugs, rules);
    expect(backtestSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    expect(await run(bugs, rules)).toEqual(document);
    expect(document.closures.length).toBeGreaterThan(0);
    expect(document.closures.map(({ at }) => at)).toEqual(document.closures.map(({ at }) => at).toSorted());
    expect(document).toMatchObject({ version: 1, kind: 'backtest', every: '1w', ...OF });
  });

  test('of several trials, and of a stream', async () => {
    async function* stream() {
      yield* [fixedLater(), life('acme/app#2')];
    }
    const trials = [policyTrial(ruleset(), WEEKLY, OF), staleTrial(WEEKLY)];
    const documents = await backtest(stream(), trials, WEEKLY, words);
    expect(documents.map(({ subject, summary }) => [subject, summary.closed, summary.regrets])).toEqual([
      ['the policies as configured', 2, 1],
      ['a stale bot: 60 days without a change, then 7 more', 2, 1],
    ]);
  });

  test('of no bugs', async () => {
    const { summary, range, assumptions } = await run([]);
    expect(summary).toEqual({
      bugs: 0,
      open: 0,
      closed: 0,
      warned: 0,
      rescued: 0,
      regrets: 0,
      rate: null,
      medianDays: null,
      echoed: 0,
    });
    expect(range.rate).toEqual({ least: null, most: null });
    expect(assumptions).toEqual([]);
  });
});
