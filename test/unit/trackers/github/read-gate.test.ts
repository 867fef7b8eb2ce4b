import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { READINGS_AT_ONCE, readGate } from '../../../../src/trackers/github/transport/read-gate.js';
import { hostSilence } from '../../../../src/trackers/github/transport/silence.js';
import { rejection, testCall, testEnv } from './world.js';

function gate() {
  const env = testEnv();
  const silence = hostSilence(env);
  return { env, silence, reads: readGate(silence, env) };
}

const MINUTE = 60_000;

/** The most of these times that lie within one minute. */
function mostWithinAMinute(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + MINUTE).length));
}

describe('the budget of a minute', () => {
  test.each([
    ['rest', 800],
    ['graphql', 1800],
  ] as const)('%s: what is within it passes at once, what is more waits for the minute to end', async (api, count) => {
    const { env, reads } = gate();
    const call = testCall();
    await env.sleep(5_000, call.signal);
    for (let index = 0; index < count; index++) await reads.turn(api, call);
    expect([env.slept, call.events]).toEqual([[5_000], []]);
    await reads.turn(api, call);
    expect(env.slept).toEqual([5_000, MINUTE]);
    expect(call.events).toEqual([{ type: 'wait', seconds: 60, reason: expect.stringContaining('in a minute') }]);
    // The other API has a budget of its own, and all of the new minute is there.
    for (const other of ['rest', 'graphql'] as const) for (let index = 0; index < 700; index++) await reads.turn(other, call);
    expect(env.slept).toHaveLength(2);
  });

  test('holds for every minute, writes included, however they come', async () => {
    const steps = fc.array(fc.record({ pause: fc.nat(9_000), reads: fc.nat(500), writes: fc.nat(3) }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { env, reads } = gate();
        const points: number[] = [];
        for (const step of all) {
          await env.sleep(step.pause, testCall().signal);
          const spend = async () => points.push(await reads.pass('rest', testCall(), () => Promise.resolve(env.elapsed())));
          await Promise.all(Array.from({ length: step.reads }, spend));
          for (let write = 0; write < step.writes; write++) {
            reads.countWrite();
            points.push(...Array.from({ length: 5 }, () => env.elapsed()));
          }
        }
        expect(mostWithinAMinute([0, ...points])).toBeLessThanOrEqual(900);
      }),
      { seed: 17, numRuns: 15 },
    );
  });

  test('short waits are no news', async () => {
    const { env, reads } = gate();
    const call = testCall();
    for (let index = 0; index < 800; index++) {
      await reads.turn('rest', call);
      await env.sleep(70, call.signal);
    }
    const before = env.elapsed();
    for (let index = 0; index < 10; index++) await reads.turn('rest', call);
    expect(env.elapsed() - before).toBe(MINUTE - 800 * 70 + 9 * 70);
    expect(call.events).toHaveLength(1);
  });
});

test('no more are under way at once than are wanted, and a failure makes room as well', async () => {
  const { reads } = gate();
  let underWay = 0;
  let most = 0;
  const send = async () => {
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    if (most % 2 === 0) throw new Error('no');
  };
  await Promise.allSettled(Array.from({ length: 50 }, () => reads.pass('rest', testCall(), send)));
  expect([most, underWay]).toEqual([READINGS_AT_ONCE, 0]);
});

describe('what a host asked for', () => {
  test('is kept by all, and told once', async () => {
    const { env, silence, reads } = gate();
    silence.keep(30, 'GitHub asked for a pause');
    silence.keep(10, 'a shorter one');
    const call = testCall();
    const sent = await Promise.all(Array.from({ length: 20 }, () => reads.pass('rest', call, async () => env.elapsed())));
    expect(new Set(sent)).toEqual(new Set([30_000]));
    expect(call.events).toEqual([{ type: 'wait', seconds: 30, reason: 'GitHub asked for a pause' }]);
  });

  test('and once more, when it asks for more meanwhile', async () => {
    const env = testEnv();
    const silence = hostSilence(env);
    let asked = 0;
    const sleep: typeof env.sleep = async (milliseconds, signal) => {
      await env.sleep(milliseconds, signal);
      if (asked++ === 0) silence.keep(40, 'again');
    };
    const reads = readGate(silence, { elapsed: env.elapsed, sleep });
    silence.keep(30, 'first');
    await reads.turn('graphql', testCall());
    expect(env.slept).toEqual([30_000, 40_000]);
  });

  test('is not waited for when it is more than an hour: nothing is sent, and it says when to come back', async () => {
    const { env, silence, reads } = gate();
    silence.keep(86_400, 'GitHub asked for a pause');
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await rejection(reads.pass('rest', testCall(), () => Promise.reject(new Error('sent'))));
      expect(error).toMatchObject({
        kind: 'rate-limit',
        retryAfter: 86_400,
        message: 'No more requests for now: GitHub asked for a pause. Try again in 24 h.',
      });
    }
    expect(env.slept).toEqual([]);
  });

  test('does not hold whoever is interrupted, nor those behind', async () => {
    const { env, silence, reads } = gate();
    silence.keep(30, 'GitHub asked for a pause');
    const reason = new Error('Ctrl-C');
    const abort = new AbortController();
    const waiting = rejection(reads.turn('rest', { signal: abort.signal, on: () => abort.abort(reason) }));
    const behind = reads.turn('rest', testCall());
    expect(await waiting).toBe(reason);
    await behind;
    expect(env.slept[0]).toBe(30_000);
    expect(await rejection(reads.turn('rest', testCall(AbortSignal.abort(reason))))).toBe(reason);
  });

  test('a clock that stands still makes nobody wait for ever', async () => {
    const env = { elapsed: () => 0, sleep: () => Promise.resolve() };
    const silence = hostSilence(env);
    silence.keep(5, 'GitHub asked for a pause');
    expect(await readGate(silence, env).turn('rest', testCall())).toBeUndefined();
  });
});
