import { expect, test } from 'vitest';
import { wayBack } from '../../../../src/apply/way-back.js';
import { tickingClock } from '../../../contract/surroundings.js';
import { mark, now, start } from './one-bug.js';
import { testCall } from './world.js';
test('x', async () => {
  let broken = true;
  await using world = await start({ now: tickingClock(now()), fault: ({ method, body }) => broken && method === 'PATCH' && JSON.stringify(body).includes('"open"') ? { drop: 'before' } : undefined }, { closeAs: { label: 'ntbf' } });
  const c = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
  const k = await world.tracker.close(world.bug, mark, testCall());
  await world.tracker.revert(k, testCall()).catch(() => 0);
  broken = false;
  const bug = await world.tracker.read('acme/app#1', testCall());
  const way = wayBack(bug, { tracker: 'app', ref: bug.ref, mark, receipts: [c, k], pending: null, lost: false, earlier: { done: new Set(), pending: new Set(['reopen']), finished: false } });
  console.log(JSON.stringify(way));
  expect(1).toBe(1);
});
