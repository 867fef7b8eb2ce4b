import { describe, expect, test } from 'vitest';
import { writeGate } from '../../../../src/trackers/github/transport/gate.js';
import { rejection, testCall, testEnv } from './world.js';

test('writes are a pace apart, measured from the answer to the one before', async () => {
  const env = testEnv();
  const call = testCall();
  const gate = writeGate(1000, env);
  await gate.turn(call);
  await env.sleep(300, call.signal);
  gate.done();
  await gate.turn(call);
  expect(env.slept).toEqual([300, 1000]);
  expect(call.events).toEqual([{ type: 'wait', seconds: 1, reason: expect.stringContaining('between two writes') }]);
});

test('no write waits for a time that has passed anyway', async () => {
  const env = testEnv();
  const gate = writeGate(1000, env);
  await gate.turn(testCall());
  gate.done();
  await env.sleep(5000, testCall().signal);
  await gate.turn(testCall());
  expect(env.slept).toEqual([5000]);
});

describe("GitHub's limits for content", () => {
  async function timesOf(count: number, pace: number): Promise<number[]> {
    const env = testEnv();
    const call = testCall();
    const gate = writeGate(pace, env);
    const times: number[] = [];
    for (let index = 0; index < count; index++) {
      await gate.turn(call);
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

test('one piece of work at a time, and a failure does not stop the next', async () => {
  const gate = writeGate(0, testEnv());
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
