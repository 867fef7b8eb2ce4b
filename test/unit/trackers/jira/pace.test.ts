import { expect, test } from 'vitest';
import { writeGate } from '../../../../src/trackers/jira/transport/pace.js';
import { sharing } from '../../../../src/use-cases/sharing.js';
import { world } from './harness.js';

const HOST = 'acme.atlassian.net';

/** What two trackers of one command share, beside a clock that only moves when somebody waits. */
function twoOf(command: ReturnType<typeof sharing>) {
  const here = world({});
  return { ...here, env: { ...here.env, shared: command } };
}

test('the slower pace of two trackers holds for the writes of both to a host', async () => {
  const { env, call, waits } = twoOf(sharing());
  const [fast, slow] = [writeGate(1000, HOST, env), writeGate(3000, HOST, env)];
  for (const gate of [fast, slow, fast]) {
    await gate.turn(call);
    gate.done();
  }
  expect(waits).toEqual([3000, 3000]);
});

test('another host has a pace of its own', async () => {
  const { env, call, waits } = twoOf(sharing());
  for (const host of [HOST, 'jira.example.com']) {
    const gate = writeGate(1000, host, env);
    await gate.turn(call);
    gate.done();
  }
  expect(waits).toEqual([]);
});

test('two that ask at once are let through one after the other', async () => {
  const { env, call, waits } = twoOf(sharing());
  const gates = [writeGate(1000, HOST, env), writeGate(1000, HOST, env), writeGate(1000, HOST, env)];
  const turns = gates.map((gate) => gate.turn({ ...call, on: () => undefined }));
  await Promise.all(turns);
  expect(waits).toEqual([1000, 1000]);
});

test('the pace counts from the answer', async () => {
  const { env, call, waits } = twoOf(sharing());
  const gate = writeGate(1000, HOST, env);
  await gate.turn(call);
  await env.sleep(5000, call.signal);
  gate.done();
  await gate.turn(call);
  expect(waits).toEqual([5000, 1000]);
});
