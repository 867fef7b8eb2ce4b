import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../../src/config/load.js';
import { BugpruneError, TrackerError } from '../../../src/errors.js';
import { memoryTracker } from '../../../src/testing.js';
import type { Diagnosis, NamesInUse, Tracker, TrackerDescriptor } from '../../../src/trackers/tracker.js';
import type { RunEvent, World } from '../../../src/use-cases/collect.js';
import { doctor } from '../../../src/use-cases/doctor.js';
import { FILE_TRACKER, loadContent } from '../config/given.js';
import { aWorld } from './given.js';

const NOW = '2026-11-22T09:00:00Z';
const NONE: NamesInUse = { labels: [], types: [], priorities: [], targets: [] };

function world(parts: Partial<World> = {}): World & { readonly events: RunEvent[] } {
  const events: RunEvent[] = [];
  return { ...aWorld({ on: (event) => events.push(event), ...parts }), events };
}

/** A configuration with trackers that are opened like this, by name. */
async function config(open: Readonly<Record<string, () => Tracker>>, names = NONE): Promise<Config> {
  const descriptor = (tracker: () => Tracker): TrackerDescriptor => ({
    type: 'test',
    settings: z.strictObject({ type: z.literal('test') }),
    recognize: () => null,
    open: async () => await Promise.resolve().then(tracker),
  });
  const trackers = Object.entries(open).map(([name, tracker]) => ({ name, descriptor: descriptor(tracker), settings: {} }));
  return { ...(await loadContent({ trackers: { any: FILE_TRACKER } })), trackers, names };
}

/** A tracker in memory with these parts instead of its own. */
const tracker = (parts: Partial<Tracker> = {}): Tracker => ({ ...memoryTracker([], () => NOW), ...parts });

const fails = (error: unknown) => () => {
  throw error;
};

describe('one tracker', () => {
  test('that cannot tell more says who we are', async () => {
    expect(await doctor(await config({ app: () => tracker() }), world())).toEqual([
      { tracker: 'app', type: 'test', findings: [{ severity: 'ok', message: 'memory knows us as bugprune.' }] },
    ]);
  });

  test('that cannot tell more says that names were not looked for, where there are any', async () => {
    const names = { ...NONE, targets: ['Backlog'] };
    const [checkup] = await doctor(await config({ app: () => tracker() }, names), world());
    expect(checkup?.findings.at(-1)).toMatchObject({
      severity: 'note',
      message: expect.stringContaining('"test"'),
      hint: expect.stringContaining('dry run'),
    });
  });

  test('is asked about the names of the configuration, and what it finds follows', async () => {
    const found: Diagnosis = { severity: 'config', message: 'There is no label "x".', hint: 'Create it.' };
    const asked: NamesInUse[] = [];
    const diagnose = (names: NamesInUse) => {
      asked.push(names);
      return Promise.resolve([found]);
    };
    const names = { ...NONE, labels: ['x'] };
    const [checkup] = await doctor(await config({ app: () => tracker({ diagnose }) }, names), world());
    expect(checkup?.findings).toEqual([{ severity: 'ok', message: 'memory knows us as bugprune.' }, found]);
    expect(asked).toEqual([names]);
  });

  test('that tells of a problem meanwhile has it among its findings, and nothing else is lost', async () => {
    const at = world();
    const diagnose: Tracker['diagnose'] = (_, { on }) => {
      on({ type: 'problem', error: new TrackerError('network', 'No answer.', { hint: 'Is it up?' }) });
      on({ type: 'wait', seconds: 9, reason: 'a limit' });
      return Promise.resolve([{ severity: 'ok', message: 'All else is well.' }]);
    };
    const [checkup] = await doctor(await config({ app: () => tracker({ diagnose }) }), at);
    expect(checkup?.findings.slice(1)).toEqual([
      { severity: 'tracker', message: 'No answer.', hint: 'Is it up?' },
      { severity: 'ok', message: 'All else is well.' },
    ]);
    expect(at.events).toEqual([{ tracker: 'app', type: 'wait', seconds: 9, reason: 'a limit' }]);
  });
});

describe('a failure', () => {
  test.each<[string, BugpruneError, string, RegExp]>([
    ['of the token', new TrackerError('auth', 'Who are you?', { hint: 'Set TOKEN.' }), 'credentials', /^Set TOKEN\.$/],
    ['of rights', new TrackerError('permission', 'No.'), 'credentials', /credentials/],
    ['of the network', new TrackerError('network', 'No answer.'), 'tracker', /Try again later/],
    ['of the settings', new BugpruneError('config', 'No URL.'), 'config', /settings/],
  ])('%s is a finding that says what to do', async (_, error, severity, hint) => {
    const expected = [{ severity, message: error.message, hint: expect.stringMatching(hint) }];
    const opening = await doctor(await config({ app: fails(error) }), world());
    expect(opening[0]?.findings).toEqual(expected);
    const identify = () => Promise.reject(error);
    const asking = await doctor(await config({ app: () => tracker({ identify }) }), world());
    expect(asking[0]?.findings).toEqual(expected);
    const diagnose = () => Promise.reject(error);
    const looking = await doctor(await config({ app: () => tracker({ diagnose }) }), world());
    expect(looking[0]?.findings.slice(1)).toEqual(expected);
  });

  test('of one tracker does not hide the others', async () => {
    const broken = fails(new TrackerError('network', 'No answer.'));
    const checkups = await doctor(await config({ erp: broken, app: () => tracker() }), world());
    expect(checkups.map((one) => [one.tracker, one.findings[0]?.severity])).toEqual([
      ['erp', 'tracker'],
      ['app', 'ok'],
    ]);
  });

  test('that nobody expected is one of the program', async () => {
    const defect = new TypeError('x is not a function');
    await expect(doctor(await config({ app: fails(defect) }), world())).rejects.toBe(defect);
  });

  test('after an interruption is no finding', async () => {
    const error = new TrackerError('network', 'No answer.');
    const at = world({ signal: AbortSignal.abort() });
    await expect(doctor(await config({ app: fails(error) }), at)).rejects.toBe(error);
  });
});
