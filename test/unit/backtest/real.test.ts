import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { backtest } from '../../../src/backtest/backtest.js';
import { compare } from '../../../src/backtest/compare.js';
import { policyReplay } from '../../../src/backtest/replay.js';
import { type Schedule, schedule } from '../../../src/backtest/schedule.js';
import { stretchesOf } from '../../../src/backtest/stretches.js';
import { staleTrial } from '../../../src/backtest/trial.js';
import { THRESHOLDS, thresholdTrials } from '../../../src/backtest/vary.js';
import type { Bug, BugEvent } from '../../../src/model/bug.js';
import { NOT_FIXED } from '../../../src/model/fix.js';
import { toInstant } from '../../../src/model/instant.js';
import { AS_OF, aloyBugs, loadAloy, present } from '../../fakes/aloy.js';
import { githubGuiIsPresent, loadGithubGui, startGithub } from '../../fakes/github/index.js';
import { bind, policy, ruleset, WEEK } from '../rules/given.js';
import { openTracker, testCall } from '../trackers/github/world.js';
import { replayNaively } from './naive.js';

/** The policy that holds where nothing is configured. */
const guards = bind('guard', {
  labels: ['pinned', 'security'],
  priorities: ['Blocker', 'Critical', 'Highest'],
  inProgress: true,
  linkedWork: true,
  reopened: 'forever',
});
const rules = ruleset({ guards });
const words = { isParked: () => false, notFixed: NOT_FIXED };

async function comparisonOf(bugs: readonly Bug[], plan: Schedule) {
  const trials = [...thresholdTrials(rules, THRESHOLDS, plan, null), staleTrial(plan)];
  const documents = await backtest(bugs, trials, plan, words);
  const variations = documents.slice(0, THRESHOLDS.length).flatMap((document, index) => {
    const threshold = THRESHOLDS[index];
    return threshold ? [{ threshold, backtest: document }] : [];
  });
  const comparison = compare(variations, documents.slice(THRESHOLDS.length));
  const table = comparison.rows.map(({ closed, regrets, open, withPolicy }) => [closed, regrets, open, withPolicy]);
  return { ...comparison, table, documents };
}

function expectAgreement(bugs: readonly Bug[], plan: Schedule): void {
  const warning = ruleset({ guards, policies: [policy({ warn: WEEK })] });
  const replay = policyReplay(warning, plan);
  for (const bug of bugs) {
    const { warnings, closing } = replay(stretchesOf(bug, plan));
    const naive = replayNaively(bug, warning, plan.runs);
    const runsWith = (verdict: string) => naive.flatMap((one, run) => (one?.verdict === verdict ? [run] : []));
    expect([bug.ref, warnings.map(({ run }) => run), closing ? [closing.run] : []]).toEqual([
      bug.ref,
      runsWith('warn'),
      runsWith('close'),
    ]);
  }
}

describe.skipIf(!githubGuiIsPresent)('a real GitHub repository (../shared/data), which hardly uses its milestones', () => {
  const plan = schedule('2020-06-21T00:00:00Z', '2026-08-21T00:00:00Z', WEEK);

  async function read(): Promise<Bug[]> {
    await using fake = await startGithub({ store: loadGithubGui() });
    const tracker = await openTracker(fake.url, { repos: ['acme/gui'] });
    const bugs: Bug[] = [];
    for await (const bug of tracker.search({ state: 'open' }, testCall())) bugs.push(bug);
    for await (const bug of tracker.search({ state: 'closed', since: '2020-01-01T00:00:00Z' }, testCall())) bugs.push(bug);
    return await tracker.loadHistory(bugs, testCall());
  }

  test('longer thresholds close less and are regretted less; people came back to more than one in five', async () => {
    const bugs = await read();
    const { table, recommended, documents } = await comparisonOf(bugs, plan);
    // Closed, regretted; open bugs at the end without and with the policy: 4w, 6w, 12w, 26w, a stale bot.
    expect(table).toEqual([
      [68, 27, 43, 2],
      [66, 25, 43, 2],
      [62, 21, 43, 2],
      [53, 12, 43, 2],
      [64, 22, 43, 1],
    ]);
    expect(recommended).toBeNull();
    expect(documents[1]?.range).toMatchObject({ closed: { least: 66, most: 66 }, regrets: { least: 24, most: 25 } });
    const left = bugs.filter(({ state }) => state === 'open').length;
    expect(documents[0]?.weeks.at(-1)?.open).toBe(left);
  });

  test('is replayed as if every week were judged by itself', async () => expectAgreement(await read(), plan));
});

const issue = z.object({
  key: z.string(),
  fields: z.object({ resolutiondate: z.string().nullish(), resolution: z.object({ name: z.string() }).nullish() }),
});

/** The bugs with the closing that a changelog would have had, by the date and the name of their resolution, and their versions set with it. */
function withClosings(bugs: readonly Bug[]): Bug[] {
  const file = new URL('../../../../shared/data/jira-server-aloy.json.gz', import.meta.url);
  const rows = z.array(issue).parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
  const known = new Map(rows.map(({ key, fields }) => [key, fields]));
  return bugs.map((bug) => {
    const resolved = known.get(bug.ref);
    const at = toInstant(resolved?.resolutiondate ?? '');
    if (bug.state === 'open' || !at) return { ...bug, history: 'complete' };
    const event = (kind: BugEvent['kind'], value: string | null): BugEvent => ({ at, kind, actor: null, value });
    const targets = Array.isArray(bug.targets) ? bug.targets.map(({ name }) => event('targeted', name)) : [];
    const events = [...bug.events, ...targets, event('closed', resolved?.resolution?.name ?? null)];
    return { ...bug, events: events.sort((a, b) => (a.at < b.at ? -1 : 1)), history: 'complete' };
  });
}

describe.skipIf(!present)('a real Jira project (../shared/data), of whose history only the comments are left', () => {
  const plan = schedule('2012-06-03T00:00:00Z', AS_OF, WEEK);

  test('tells next to nothing, and the range and the assumptions say so', async () => {
    const { documents } = await comparisonOf(aloyBugs(loadAloy()), plan);
    const sixWeeks = documents[1];
    expect(sixWeeks?.range).toEqual({
      closed: { least: 0, most: 470 },
      regrets: { least: 0, most: 420 },
      rate: { least: 0.6385, most: 0.8936 },
    });
    const text = sixWeeks?.assumptions.join('\n');
    expect(text).toContain('Not all of the history could be read of 623 bugs.');
    expect(text).toContain('No event says when it was closed of 571 bugs');
  });

  test('with the closings that its resolutions tell of, all is known', async () => {
    const { table, documents } = await comparisonOf(withClosings(aloyBugs(loadAloy())), plan);
    expect(table).toEqual([
      [224, 123, 52, 5],
      [207, 110, 52, 5],
      [150, 69, 52, 5],
      [108, 39, 52, 5],
      [174, 81, 52, 0],
    ]);
    expect(documents[1]?.range.closed).toEqual({ least: 207, most: 233 });
  });

  test('is replayed as if every week were judged by itself', () => {
    expectAgreement(
      withClosings(aloyBugs(loadAloy())).filter((_, index) => index % 6 === 0),
      plan,
    );
  });
});
