import { expect, test } from 'vitest';
import type { Observer } from './given/observer.js';
import { liveAYear } from './given/year.js';

/** `YEARS=1000 npx vitest run test/simulation/year.test.ts` looks for what is rarer. */
const YEARS = Number(process.env.YEARS ?? 100);
const SEEDS = Array.from({ length: YEARS }, (_, index) => `year ${index}`);

const seen = { years: 0, warn: 0, announce: 0, close: 0, reopen: 0, disown: 0, comebacks: 0, twice: 0 };

function count({ writes, ledger }: Observer): void {
  seen.years++;
  for (const { what } of writes) {
    const [kind = ''] = what.split(' ');
    if (kind === 'warn' || kind === 'announce' || kind === 'close' || kind === 'reopen' || kind === 'disown') seen[kind]++;
  }
  for (const { comebacks } of ledger.pages.values()) {
    seen.comebacks += comebacks.length;
    if (comebacks.length > 1) seen.twice++;
  }
}

test.each(SEEDS)('%s', async (seed) => count(await liveAYear({ seed })));

test('the years were not idle', ({ skip }) => {
  // Not when only some of them were asked for.
  if (seen.years < YEARS) skip();
  expect(seen.warn / YEARS).toBeGreaterThan(20);
  expect(seen.close / YEARS).toBeGreaterThan(20);
  expect(seen.announce).toBeGreaterThan(seen.close);
  expect(seen.reopen / YEARS).toBeGreaterThan(1);
  expect(seen.disown).toBeGreaterThan(seen.reopen);
  expect(seen.comebacks / YEARS).toBeGreaterThan(10);
  expect(seen.twice / YEARS).toBeGreaterThan(1);
});
