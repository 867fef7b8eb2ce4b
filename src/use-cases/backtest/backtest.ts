import { resolve } from 'node:path';
import { backtest as replay } from '../../backtest/backtest.js';
import { compare } from '../../backtest/compare.js';
import { schedule } from '../../backtest/schedule.js';
import { policyTrial, staleTrial } from '../../backtest/trial.js';
import { shortestFirst, thresholdTrials } from '../../backtest/vary.js';
import type { Config, TrackerEntry } from '../../config/load.js';
import { BugpruneError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import { add, type Duration, formatDuration } from '../../model/duration.js';
import { NOT_FIXED } from '../../model/fix.js';
import { withBots } from '../../model/history.js';
import type { Instant } from '../../model/instant.js';
import type { Backtests } from '../../report/backtest/document.js';
import type { Ruleset } from '../../rules/judge.js';
import type { SnapshotHeader } from '../../trackers/file/format.js';
import { fileDescriptor } from '../../trackers/file/index.js';
import { readHeader } from '../../trackers/file/read.js';
import type { Selection } from '../../trackers/tracker.js';
import { callFor, openTracker, type World } from '../collect.js';
import type { BacktestRequest } from './request.js';

/**
 * Replays the policies over the bugs of snapshots, and other things beside them to compare with: thresholds where some are asked for, and
 * a stale bot. Reads each snapshot once for its open and once for its closed bugs and keeps none of them. Throws `usage` for sources that
 * are no snapshots and for times that they cannot tell of, and what the files throw.
 */
export async function backtest(config: Config, request: BacktestRequest, world: World): Promise<Backtests> {
  const snapshots = await Promise.all(config.trackers.map((entry) => headerOf(entry, config)));
  const to = lastRun(request, snapshots);
  const plan = schedule(request.from ?? add(to, BEFORE), to, request.every);
  const { rules, policyDigest } = config;
  const thresholds = request.thresholds.toSorted(shortestFirst);
  const trials = [
    policyTrial(rules, plan, { subject: subjectOf(rules), policyDigest }),
    staleTrial(plan),
    ...thresholdTrials(rules, thresholds, plan, policyDigest),
  ];
  const words = { isParked: rules.isParked, notFixed: NOT_FIXED };
  const [policy, staleBot, ...varied] = await replay(bugsIn(config, world), trials, plan, words);
  if (!policy || !staleBot) throw new Error('a trial gave no document');
  const variations = varied.flatMap((document, index) => {
    const threshold = thresholds[index];
    return threshold ? [{ threshold, backtest: document }] : [];
  });
  return {
    version: 1,
    kind: 'backtests',
    tool: { name: 'bugprune', version: world.version },
    snapshots: snapshots.map(({ name, source, takenAt, scope }) => ({ name, source, takenAt, whole: scope === 'all' })),
    bound: request.bound,
    policy,
    variations: variations.map((one) => ({ ...one, threshold: formatDuration(one.threshold) })),
    staleBot,
    comparison: variations.length > 0 ? compare(variations, [policy, staleBot], request.bound) : null,
  };
}

/** How long before the last run the first one is, unless somebody says otherwise. */
const BEFORE: Duration = { count: -2, unit: 'y' };

/** A snapshot that is to be read. */
interface Named extends SnapshotHeader {
  readonly name: string;
}

async function headerOf({ name, settings }: TrackerEntry, { folder }: Config): Promise<Named> {
  const file = fileDescriptor.settings.safeParse(settings);
  if (!file.success) {
    throw new BugpruneError('usage', `${name} is no snapshot. A backtest reads all bugs there ever were, closed ones too.`, {
      hint: 'Take one first: bugprune snapshot SOURCE --all -o history.ndjson. Then: bugprune backtest history.ndjson',
    });
  }
  const { path } = file.data;
  return { ...(await readHeader({ path: resolve(folder, path), shown: path })), name };
}

/** The last moment that all snapshots can tell of, unless somebody wants to stop before. */
function lastRun({ to }: BacktestRequest, snapshots: readonly Named[]): Instant {
  const [first] = snapshots.toSorted((a, b) => (a.takenAt < b.takenAt ? -1 : 1));
  if (!first) throw new BugpruneError('usage', 'There is no snapshot to read.');
  if (to !== null && to > first.takenAt) {
    throw new BugpruneError('usage', `--to: ${first.name} was taken on ${first.takenAt} and knows nothing of ${to}.`);
  }
  return to ?? first.takenAt;
}

function subjectOf({ policies }: Ruleset): string {
  const [policy, ...others] = policies;
  return policy && others.length === 0 ? `the policy "${policy.name}"` : 'the policies as configured';
}

/** Histories are asked for this many bugs at a time. */
const BATCH = 500;

const SELECTIONS: readonly Selection[] = [{ state: 'open' }, { state: 'closed', since: '1970-01-01T00:00:00Z' }];

/** All bugs of all snapshots with their histories, machine users counted as bots. */
async function* bugsIn({ trackers, folder, isBot }: Config, world: World): AsyncGenerator<Bug> {
  for (const entry of trackers) {
    const call = callFor(entry, world);
    const { tracker } = await openTracker(entry, folder, world, call);
    for (const what of SELECTIONS) {
      for await (const batch of batches(tracker.search(what, call))) {
        for (const bug of await tracker.loadHistory(batch, call)) yield isBot ? withBots(bug, isBot) : bug;
      }
    }
  }
}

async function* batches(bugs: AsyncIterable<Bug>): AsyncGenerator<Bug[]> {
  let batch: Bug[] = [];
  for await (const bug of bugs) {
    batch.push(bug);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
