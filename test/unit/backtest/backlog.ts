import { backtest } from '../../../src/backtest/backtest.js';
import type { Backtest } from '../../../src/backtest/document.js';
import { policyTrial } from '../../../src/backtest/trial.js';
import type { Bug, BugEvent, EventKind } from '../../../src/model/bug.js';
import { NOT_FIXED } from '../../../src/model/fix.js';
import type { Ruleset } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { MONA, ruleset } from '../rules/given.js';
import { WEEKLY, week } from './given.js';

export const words = { isParked: (name: string) => name === 'Backlog', notFixed: NOT_FIXED };
export const OF = { subject: 'the policies as configured', policyDigest: 'sha256:abc' };

/** What a backtest of some bugs finds, by the default policy unless said otherwise. */
export async function run(bugs: readonly Bug[], rules: Ruleset = ruleset()): Promise<Backtest> {
  const [document] = await backtest(bugs, [policyTrial(rules, WEEKLY, OF)], WEEKLY, words);
  if (!document) throw new Error('one trial gives one document');
  return document;
}

/** An hour after a run. */
export const on = (number: number, kind: EventKind, more: Partial<BugEvent> = {}): BugEvent => ({
  at: week(number, 3600),
  kind,
  actor: MONA,
  ...more,
});
export type Parts = Parameters<typeof aBug>[0];

/** A bug reported with the first run: by the default policy closed by the run after six weeks, the sixth. */
export const life = (ref: string, events: BugEvent[] = [], parts: Parts = {}) =>
  aBug({ ref, createdAt: week(0), events, ...parts });
/** It would be closed, and was fixed four weeks after that. */
export const fixedLater = (ref = 'acme/app#1') => life(ref, [on(10, 'closed', { value: 'completed' })], { state: 'closed' });
