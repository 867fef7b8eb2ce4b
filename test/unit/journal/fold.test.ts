import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalLine } from '../../../src/journal/document.js';
import { FoldError, fold, startFold } from '../../../src/journal/fold.js';
import {
  aHeader,
  aJournal,
  anUndo,
  aPlan,
  aReceipt,
  aTakeBack,
  closing,
  end,
  journals,
  linesOf,
  minute,
  resumed,
} from './given.js';

const BUG = 'acme/app#1';
const { intent, done, result } = linesOf(BUG);
const PRUNE = [aHeader(), aPlan(BUG)];
const UNDO = [anUndo(), aTakeBack(BUG)];
const only = (lines: readonly JournalLine[]) => fold(lines).bugs[0] ?? expect.unreachable();

describe('a prune', () => {
  test('that has only begun has its bugs before it, in the order of the plan', () => {
    const plans = [aPlan('acme/app#2'), aPlan('acme/app#10'), aPlan('acme/app#1')];
    const state = fold([aHeader(), ...plans]);
    expect(state.header).toEqual(aHeader());
    expect(state.bugs.map(({ ref }) => ref)).toEqual(['acme/app#2', 'acme/app#10', 'acme/app#1']);
    expect(state.bugs[0]).toEqual({
      tracker: 'app',
      ref: 'acme/app#2',
      plan: plans[0]?.line === 'plan' && plans[0].bug,
      receipts: [],
      done: [],
      pending: null,
      outcome: null,
    });
    expect(state).toMatchObject({ end: null, lastAt: minute(0) });
  });

  test('that came to its end has receipts in the order of its writes', () => {
    const state = fold(aJournal());
    expect(state).toMatchObject({ end: 'finished', lastAt: minute(3) });
    for (const [index, { ref, ...bug }] of state.bugs.entries()) {
      expect(bug).toMatchObject({
        receipts: [aReceipt('comment', ref), aReceipt('close', ref)],
        done: ['comment', 'close'],
        pending: null,
        outcome: { at: minute(index + 1), status: 'closed', detail: 'closed as not_planned' },
      });
    }
  });

  test('says at which write it was cut short', () => {
    const writes = closing(BUG);
    const pending = writes.map((_, index) => only([...PRUNE, ...writes.slice(0, index + 1)]).pending);
    expect(pending).toEqual(['comment', null, 'close', null, null]);
  });

  test('does not forget a write that nobody knows the end of over another one', () => {
    const lines = [...PRUNE, intent('comment'), resumed(), intent('close')];
    expect(only(lines).pending).toBe('close');
    expect(only([...lines, done('close')])).toMatchObject({ pending: 'comment', done: ['close'] });
    expect(only([...lines, done('close'), done('comment')])).toMatchObject({ pending: null, done: ['close', 'comment'] });
  });

  test('may skip bugs without a word of an intent', () => {
    expect(only([...PRUNE, result('skipped', 'has a target now')]).outcome?.status).toBe('skipped');
  });

  test('takes the two trackers of one ref apart', () => {
    const state = fold([aHeader(), aPlan(BUG, 'app'), aPlan(BUG, 'lib'), result('skipped')]);
    expect(state.bugs.map(({ tracker, outcome }) => [tracker, outcome?.status])).toEqual([
      ['app', 'skipped'],
      ['lib', undefined],
    ]);
  });

  test('that was taken up again tries again, and its later results count', () => {
    const first = [...PRUNE, intent('comment'), done('comment'), intent('close'), result('failed'), end('failed')];
    expect(fold([...first, resumed(4)])).toMatchObject({ end: null, lastAt: minute(4) });
    const second = [...first, resumed(4), intent('close'), done('close'), result('closed'), end('finished', 5)];
    expect(fold(second)).toMatchObject({ end: 'finished', lastAt: minute(5) });
    expect(only(second)).toMatchObject({ done: ['comment', 'close'], pending: null, outcome: { status: 'closed' } });
  });

  test('has a step done once, and a receipt for each time', () => {
    const again = [intent('comment'), done('comment', aReceipt('comment', BUG, 'c2'))];
    const { done: steps, receipts } = only([...PRUNE, intent('comment'), done('comment'), resumed(), ...again]);
    expect(steps).toEqual(['comment']);
    expect(receipts.map(({ recorded }) => recorded)).toEqual(['comment c1', 'comment c2']);
  });

  test('takes the latest instant wherever it stands: clocks are set back', () => {
    expect(fold([...PRUNE, intent('comment'), end('failed', 30), resumed(5)]).lastAt).toBe(minute(30));
    expect(fold([aHeader({ startedAt: minute(60) }), aPlan(BUG), intent('comment')]).lastAt).toBe(minute(60));
  });
});

test('an undo has what is taken back as its plan, and no receipts', () => {
  const steps = [intent('reopen'), done('reopen'), intent('disown'), done('disown'), result('taken-back')];
  expect(only([...UNDO, ...steps])).toEqual({
    tracker: 'app',
    ref: BUG,
    plan: aTakeBack(BUG),
    receipts: [],
    done: ['reopen', 'disown'],
    pending: null,
    outcome: { at: minute(1), status: 'taken-back', detail: '' },
  });
});

describe('refuses', () => {
  const other = linesOf('acme/app#2');
  test.each<[what: string, lines: JournalLine[], line: number, problem: string]>([
    ['nothing at all', [], 1, 'begins with a "run" line; found none'],
    ['a plan first', [aPlan(BUG)], 1, 'begins with a "run" line; found "plan"'],
    ['another version', [{ ...aHeader(), version: 2 as 1 }], 1, 'expected version 1; found 2'],
    ['a second run', [aHeader(), aHeader()], 2, 'a second "run" line'],
    ['a take-back in a prune', [...PRUNE, aTakeBack('acme/app#2')], 3, 'a prune has "plan" lines'],
    ['a plan in an undo', [...UNDO, aPlan('acme/app#2')], 3, 'an undo has "take-back" lines'],
    ['a bug twice', [...PRUNE, aPlan('acme/app#2'), aPlan(BUG)], 4, 'acme/app#1 of app is planned already'],
    ['a bug twice in an undo', [...UNDO, aTakeBack(BUG)], 3, 'acme/app#1 of app is planned already'],
    ['a plan after the first intent', [...PRUNE, intent('comment'), aPlan('acme/app#2')], 4, 'after the first "intent"'],
    ['a take-back after the first intent', [...UNDO, intent('reopen'), aTakeBack('acme/app#2')], 4, 'after the first "intent"'],
    ['an intent for a bug that is not planned', [...PRUNE, other.intent('comment')], 3, '"intent" of acme/app#2 of app, which'],
    ['a result of a bug that is not planned', [...PRUNE, other.result('skipped')], 3, '"result" of acme/app#2 of app, which'],
    ['a bug of another tracker', [aHeader(), aPlan(BUG, 'lib'), intent('comment')], 3, 'acme/app#1 of app, which is not planned'],
    ['something done without an intent', [...PRUNE, done('comment')], 3, '"comment" of acme/app#1 is done without an "intent"'],
    ['another step done', [...PRUNE, intent('comment'), done('close')], 4, '"close" of acme/app#1 is done without an "intent"'],
    ['a step done twice', [...PRUNE, intent('comment'), done('comment'), done('comment')], 5, 'done without an "intent"'],
    [
      'what is done to another bug',
      [...PRUNE, aPlan('acme/app#2'), intent('comment'), other.done('comment')],
      5,
      '"comment" of acme/app#2 is done without an "intent"',
    ],
    ['a comment without a receipt', [...PRUNE, intent('comment'), done('comment', null)], 4, 'done without a receipt'],
    ['a closing without a receipt', [...PRUNE, intent('close'), done('close', null)], 4, 'done without a receipt'],
    ['a reopening in a prune', [...PRUNE, intent('reopen')], 3, 'the step "reopen" in a prune'],
    ['a comment in an undo', [...UNDO, intent('comment')], 3, 'the step "comment" in an undo'],
    ['a comment that is done in an undo', [...UNDO, done('comment')], 3, 'the step "comment" in an undo'],
    ['a reopening with a receipt', [...UNDO, intent('reopen'), done('reopen', aReceipt('close', BUG))], 4, 'has a receipt'],
    ['two results of one attempt', [...PRUNE, result('failed'), result('closed')], 4, 'a second "result" of acme/app#1'],
    [
      'two results of the second attempt',
      [...PRUNE, result('failed'), resumed(), result('failed'), result('closed')],
      6,
      'a second "result" of acme/app#1 without "resumed" between',
    ],
    ['a write after the end', [...PRUNE, end('finished'), intent('comment')], 4, '"intent" after the end'],
    ['a plan after the end', [...PRUNE, end('finished'), aPlan('acme/app#2')], 4, '"plan" after the end'],
    ['a second end', [...PRUNE, end('interrupted'), end('finished')], 4, '"end" after the end'],
  ])('%s', (_what, lines, line, problem) => {
    const folding = () => fold(lines);
    expect(folding).toThrow(FoldError);
    expect(folding).toThrow(expect.objectContaining({ line, message: expect.stringContaining(problem) }));
    if (lines.length > 1) expect(() => fold(lines.slice(0, line - 1))).not.toThrow();
  });
});

test('a line that cannot follow changes nothing', () => {
  const folding = startFold(aHeader());
  for (const line of [aPlan(BUG), end('finished')]) folding.add(line);
  const before = folding.state();
  for (const line of [intent('comment'), aPlan('acme/app#2'), result('closed')]) {
    expect(() => folding.add(line)).toThrow(expect.objectContaining({ line: 4 }));
  }
  expect(folding.state()).toEqual(before);
  for (const line of [resumed(), intent('comment')]) folding.add(line);
  expect(folding.state()).toMatchObject({ end: null, bugs: [{ pending: 'comment' }] });
});

test('a state that was handed out stays as it is', () => {
  const folding = startFold(aHeader());
  folding.add(aPlan(BUG));
  const before = folding.state();
  const copy = structuredClone(before);
  for (const line of closing(BUG)) folding.add(line);
  expect(before).toEqual(copy);
});

test('whatever a crash leaves of a journal adds up, and what is known only grows', () => {
  fc.assert(
    fc.property(journals, (lines) => {
      const states = lines.map((_, index) => fold(lines.slice(0, index + 1)));
      for (const [index, state] of states.entries()) {
        const before = states[index - 1] ?? state;
        expect(state.lastAt >= before.lastAt).toBe(true);
        expect(state.bugs.map(({ ref }) => ref).slice(0, before.bugs.length)).toEqual(before.bugs.map(({ ref }) => ref));
        for (const [place, earlier] of before.bugs.entries()) {
          const bug = state.bugs[place] ?? expect.unreachable();
          expect(bug.receipts.slice(0, earlier.receipts.length)).toEqual(earlier.receipts);
          expect(bug.done.slice(0, earlier.done.length)).toEqual(earlier.done);
          expect(new Set(bug.receipts.map(({ action }) => action))).toEqual(new Set(bug.done));
          if (earlier.outcome) expect(bug.outcome).not.toBeNull();
        }
      }
    }),
    { seed: 20261122, numRuns: 150 },
  );
});
