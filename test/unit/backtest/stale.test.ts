import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STALE_BOT, staleReplay } from '../../../src/backtest/stale.js';
import { stretchesOf } from '../../../src/backtest/stretches.js';
import type { Bug } from '../../../src/model/bug.js';
import { add } from '../../../src/model/duration.js';
import { asOf } from '../../../src/model/history.js';
import { latest } from '../../../src/model/instant.js';
import { aBug } from '../../../src/testing.js';
import { MONA, ROBOT } from '../rules/given.js';
import { nastyBugs, WEEKLY, week } from './given.js';

const days = (count: number) => ({ count, unit: 'd' }) as const;

/** Run by run, as such a bot works: it labels what is old, takes the label from what has moved, closes what kept the label. */
function naively(bug: Bug): string[] {
  const deeds: string[] = [];
  let label: string | null = null;
  for (const [run, at] of WEEKLY.runs.entries()) {
    const past = asOf(bug, at);
    const changed = latest(past?.updatedAt, past?.events.at(-1)?.at) ?? '';
    if (past?.state !== 'open' || (label !== null && changed > label)) label = null;
    if (past?.state !== 'open') continue;
    if (label !== null && add(label, days(7)) <= at) return [...deeds, `close ${run}`];
    if (label === null && add(changed, days(60)) <= at) {
      label = at;
      deeds.push(`warn ${run}`);
    }
  }
  return deeds;
}

function replayed(bug: Bug): string[] {
  const { warnings, closing } = staleReplay(WEEKLY)(stretchesOf(bug, WEEKLY));
  return [...warnings.map(({ run }) => `warn ${run}`), ...(closing ? [`close ${closing.run}`] : [])];
}

test('the replay is that of a bot that looks every week', () => {
  fc.assert(
    fc.property(nastyBugs, (bug) => {
      expect(replayed(bug)).toEqual(naively(bug));
    }),
    { numRuns: 1000, seed: 20_261_122 },
  );
});

test('sixty days without a change, then seven more; a robot keeps it open, a target does not', () => {
  const life = { createdAt: week(0), targets: [{ name: 'v1', state: 'open' as const }] };
  expect(replayed(aBug(life))).toEqual(['warn 9', 'close 10']);
  const noise = { at: week(9, 60), kind: 'labeled' as const, actor: ROBOT, value: 'noise' };
  expect(replayed(aBug({ ...life, events: [noise] }))).toEqual(['warn 9', 'warn 18', 'close 19']);
  const closed = { at: week(2), kind: 'closed' as const, actor: MONA, value: 'completed' };
  expect(replayed(aBug({ ...life, state: 'closed', events: [closed] }))).toEqual([]);
});

test('its notice period ends with the run that would close', () => {
  const { warnings, closing } = staleReplay(WEEKLY)(stretchesOf(aBug({ createdAt: week(0) }), WEEKLY));
  expect(warnings).toEqual([{ run: 9, policy: STALE_BOT, until: week(10) }]);
  expect(closing).toEqual({ run: 10, policy: STALE_BOT, slipped: false });
});
