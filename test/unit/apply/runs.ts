import type { RunState } from '../../../src/journal/fold.js';
import type { ReportBug } from '../../../src/report/document.js';
import { anEntry } from '../report/given.js';
import { NOW } from './given.js';

type Status = NonNullable<RunState['bugs'][number]['outcome']>['status'];

/** A past run as its journal tells it: a prune of `app` that finished, with one bug for each status. */
export function aRun(
  run: string,
  statuses: readonly (Status | null)[],
  { kind = 'prune', of = null, trackers = ['app'], end = 'finished' }: Partial<RunParts> = {},
): RunState {
  return {
    header: {
      line: 'run',
      version: 1,
      kind,
      run,
      of,
      startedAt: NOW,
      tool: { name: 'bugprune', version: '1.2.3' },
      policyDigest: `sha256:${'0'.repeat(64)}`,
      trackers: trackers.map((name) => ({ name, settings: { type: 'test' }, open: null })),
    },
    bugs: statuses.map((status, index) => aBugState(anEntry({ ref: `acme/app#${index}` }), status)),
    end,
    lastAt: NOW,
  };
}

interface RunParts {
  readonly kind: 'prune' | 'undo';
  readonly of: string | null;
  readonly trackers: readonly string[];
  readonly end: RunState['end'];
}

function aBugState(plan: ReportBug, status: Status | null): RunState['bugs'][number] {
  const outcome = status === null ? null : { at: NOW, status, detail: '' };
  return { tracker: plan.tracker, ref: plan.ref, plan, receipts: [], done: [], pending: null, outcome };
}

/** The same so many times. */
export const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);
