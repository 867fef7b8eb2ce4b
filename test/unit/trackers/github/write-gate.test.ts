import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { hostSilence } from '../../../../src/trackers/github/transport/silence.js';
import { writeGate } from '../../../../src/trackers/github/transport/write-gate.js';
import type { TrackerEnv } from '../../../../src/trackers/tracker.js';
import { rejection, testCall, testEnv } from './world.js';

/** A gate with a pace, at a host that asked for nothing. */
function gateWith(pace: number, env: Pick<TrackerEnv, 'elapsed' | 'sleep'>) {
  const gate = writeGate(hostSilence(env), env);
  gate.slowTo(pace);
  return gate;
}

test('writes are a pace apart, measured from the answer to the one before', async () => {
  const env = testEnv();
  const call = testCall();
  const gate = gateWith(1000, env);
  await gate.turn(call);
  await env.sleep(300, call.signal);
  gate.done();
  await gate.turn(call);
  expect(env.slept).toEqual([300, 1000]);
  expect(call.events).toEqual([{ type: 'wait', seconds: 1, reason: expect.stringContaining('between two writes') }]);
});

test('no write waits for a time that has passed anyway', async () => {
  const env = testEnv();
  const gate = gateWith(1000, env);
  await gate.turn(testCall());
  gate.done();
  await env.sleep(5000, testCall().signal);
  await gate.turn(testCall());
  expect(env.slept).toEqual([5000]);
});

describe("GitHub's limits for content", () => {
  /** When each of so many writes may be sent; who is told to come again later does. */
  async function timesOf(count: number, pace: number): Promise<number[]> {
    const env = testEnv();
    const call = testCall();
    const gate = gateWith(pace, env);
    const times: number[] = [];
    for (let index = 0; index < count; index++) {
      await gate.turn(call).catch(async (error: unknown) => {
        if (!(error instanceof TrackerError) || error.retryAfter === undefined) throw error;
        await env.sleep(error.retryAfter * 1000, call.signal);
        await gate.turn(call);
      });
      times.push(env.elapsed());
      gate.done();
    }
    return times;
  }

  const mostWithin = (times: readonly number[], span: number) =>
    Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + span).length));

  test('hold for every minute and every hour, however fast we are', async () => {
    const times = await timesOf(1200, 0);
    expect(mostWithin(times, 60_000)).toBe(80);
    expect(mostWithin(times, 3_600_000)).toBe(500);
  });

  test('do not slow down what is slow enough', async () => {
    expect((await timesOf(50, 1000)).at(-1)).toBe(49_000);
  });
});

describe('nothing waits for more than a minute', () => {
  test('of a budget: what is left to wait is told instead, and nothing counts as sent', async () => {
    const env = testEnv();
    const gate = gateWith(1000, env);
    for (let index = 0; index < 500; index++) {
      await gate.turn(testCall());
      gate.done();
    }
    const waited = env.slept.length;
    const call = testCall();
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await rejection(gate.turn(call));
      expect(error).toMatchObject({ kind: 'rate-limit', ambiguousWrite: false, message: expect.stringContaining('500 writes') });
      expect(error).toMatchObject({ retryAfter: (3_600_000 - env.elapsed()) / 1000 });
    }
    expect(call.events).toEqual([]);
    expect(env.slept).toHaveLength(waited);
  });

  test.each([
    [60_000, [60_000]],
    [60_001, []],
  ])('of a pace (%d ms)', async (pace, slept) => {
    const env = testEnv();
    const gate = gateWith(pace, env);
    await gate.turn(testCall());
    gate.done();
    const result = await gate.turn(testCall()).catch((error: unknown) => error);
    expect(env.slept).toEqual(slept);
    expect(result).toEqual(slept.length > 0 ? undefined : expect.objectContaining({ kind: 'rate-limit', retryAfter: 61 }));
  });
});

test('one piece of work at a time, and a failure does not stop the next', async () => {
  const gate = gateWith(0, testEnv());
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error('no');
    return name;
  };
  const first = rejection(gate.alone(work('a')));
  const second = gate.alone(work('b'));
  expect(await second).toBe('b');
  expect(await first).toMatchObject({ message: 'no' });
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});
