import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../../src/config/load.js';
import type { RunState } from '../../../src/journal/fold.js';
import type { Bug } from '../../../src/model/bug.js';
import { aBug, memoryTracker } from '../../../src/testing.js';
import { plan, report } from '../../../src/use-cases/dry-run.js';
import { aRun, times } from '../apply/runs.js';
import { FILE_TRACKER, loadContent } from '../config/given.js';
import { aWorld, NOW } from './given.js';

const WORLD = aWorld();

/** A configuration with these trackers in memory, by name. */
async function config(bugs: Readonly<Record<string, readonly Bug[]>>, content: object = {}): Promise<Config> {
  const trackers = Object.entries(bugs).map(([name, all]) => ({
    name,
    descriptor: {
      type: 'test',
      settings: z.strictObject({ type: z.literal('test') }),
      recognize: () => null,
      open: () => Promise.resolve(memoryTracker(all, () => NOW)),
    },
    settings: {},
  }));
  return { ...(await loadContent({ trackers: { any: FILE_TRACKER }, ...content })), trackers };
}

const bugs = (tracker: string, count: number): Bug[] =>
  Array.from({ length: count }, (_, index) => aBug({ tracker, ref: `${tracker}#${index + 1}` }));

describe('the limits of a report', () => {
  const limits = async (given: Config, earlier: readonly RunState[]) => {
    const { report: reported } = await report(given, WORLD, earlier);
    expect((await plan(given, WORLD, earlier)).report).toEqual(reported);
    return reported.limits;
  };

  test('are those of the configuration, of all its trackers together', async () => {
    const given = await config({ app: bugs('app', 20), erp: bugs('erp', 10) });
    expect(await limits(given, [])).toEqual({ closes: 6, warnings: 50, by: 'share' });
  });

  test('follow the configuration', async () => {
    const own = { limits: { closes: 2, warnings: 3, share: '50%' } };
    expect(await limits(await config({ app: bugs('app', 20) }, own), [])).toEqual({ closes: 2, warnings: 3, by: 'closes' });
  });

  test('follow earlier runs of the same trackers', async () => {
    const given = await config({ app: bugs('app', 100) });
    const earlier = times(3, aRun('run', ['closed']));
    expect(await limits(given, earlier)).toEqual({ closes: 3, warnings: 50, by: 'surge' });
    expect(await limits(given, times(3, aRun('run', ['closed'], { trackers: ['erp'] })))).toMatchObject({ closes: 20 });
  });

  test('do not change what is proposed', async () => {
    const { report: reported } = await report(await config({ app: bugs('app', 20) }), WORLD, []);
    expect(reported.summary).toMatchObject({ open: 20, close: 20 });
    expect(reported.limits?.closes).toBe(4);
  });
});
