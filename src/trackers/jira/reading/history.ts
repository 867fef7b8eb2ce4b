import { TrackerError, type TrackerErrorKind } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import type { Call } from '../../tracker.js';
import type { Closings } from '../closing/closings.js';
import type { Choice } from '../closing/transition-choice.js';
import { inParallel } from '../transport/parallel.js';
import { readChangelogs } from './changelogs.js';
import { readComments } from './comments.js';
import type { Reading } from './list.js';
import { readIssue } from './one.js';
import { hasAllComments, withHistory } from './with-history.js';

/** Requests under way at once, where each bug takes one. */
const AT_ONCE = 4;

/**
 * The same bugs with their histories, and with what would keep them from being closed. Cloud gives the changelogs of many issues at
 * once, Data Center one by one. Where one bug's cannot be read, its history is `partial`.
 */
export async function loadHistories(bugs: readonly Bug[], closings: Closings, reading: Reading, call: Call): Promise<Bug[]> {
  const { flavour } = await reading.facts.session(call);
  const load = flavour === 'cloud' ? await fromCloud(bugs, reading, call) : fromDataCenter(reading, call);
  const loaded = await inParallel(bugs, AT_ONCE, (bug) => load(bug).catch((error: unknown) => partial(bug, error, call)));
  const finished: Bug[] = [];
  for (const bug of loaded) finished.push(await withObstacle(bug, closings, reading, call));
  return finished;
}

type Load = (bug: Bug) => Promise<Bug>;

async function fromCloud(bugs: readonly Bug[], { facts, marks }: Reading, call: Call): Promise<Load> {
  const { api, self } = await facts.session(call);
  const context = { statuses: await facts.statuses(call), further: await facts.further(call), self: self.id };
  const changelogs = await readChangelogs(
    bugs.map(({ id }) => id),
    api,
    call,
  );
  return async (bug) => {
    const comments = hasAllComments(bug) ? null : await readComments(bug.id, api, call);
    return withHistory(bug, comments, changelogs.get(bug.id), marks.of(bug.id), context);
  };
}

/** All else stays as it was listed: whatever has changed since is noticed before a write. */
function fromDataCenter(reading: Reading, call: Call): Load {
  return async (bug) => {
    const { comments, events, history } = (await readIssue(bug.id, 'changelog', reading, call)).bug;
    return { ...bug, comments, events, history };
  };
}

/** Where these happen to one bug they happen to all. */
const COMMON: ReadonlySet<TrackerErrorKind> = new Set<TrackerErrorKind>(['auth', 'network', 'rate-limit']);

function partial(bug: Bug, error: unknown, call: Call): Bug {
  if (!(error instanceof TrackerError) || COMMON.has(error.kind)) throw error;
  call.on({ type: 'problem', error });
  return { ...bug, history: 'partial' };
}

/** Only what may be closed is asked how: that is a request for each type and status. */
async function withObstacle(bug: Bug, closings: Closings, { facts }: Reading, call: Call): Promise<Bug> {
  if (!mayBeClosed(bug)) return bug;
  const { api } = await facts.session(call);
  try {
    const choice = await closings.forKind(bug, api, call);
    return withChoice(bug, choice);
  } catch (error) {
    if (!(error instanceof TrackerError) || COMMON.has(error.kind)) throw error;
    // Not in the site's words: they would stand in snapshots, and may quote what was sent.
    return { ...bug, obstacle: `how it could be closed could not be found out (${error.kind})` };
  }
}

/** The bug with how it would be closed, or with what is in the way. */
export function withChoice(bug: Bug, choice: Choice): Bug {
  if ('obstacle' in choice) return { ...bug, obstacle: choice.obstacle };
  const { transition, resolution } = choice.plan;
  const end = `${transition.name} → ${transition.to.name}`;
  return { ...bug, closing: resolution ? `${end}, resolution ${resolution.name}` : end };
}

/** Whether nothing that is known already forbids closing it, as targets that cannot be read do. */
export function mayBeClosed({ state, obstacle, targets }: Bug): boolean {
  return state === 'open' && obstacle === null && targets !== 'unreadable';
}
