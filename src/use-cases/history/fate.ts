import type { Bug, BugEvent } from '../../model/bug.js';
import { isFix, NOT_FIXED } from '../../model/fix.js';
import { chronological, isHumanActivity, reopenedByPeople } from '../../model/history.js';
import { daysBetween, type Instant } from '../../model/instant.js';

/** What became of a bug after a run had closed it. */
export interface Fate {
  /** See {@link isReopened}. */
  readonly reopened: boolean;
  readonly openNow: boolean;
  /** It was closed later in a way that is a fix, whether or not it had been reopened. */
  readonly fixed: boolean;
  /** Comments by people after the closing. */
  readonly comments: number;
  /** Votes that it has now; null where the tracker does not tell. */
  readonly votes: number | null;
  /** Whether it was reopened, fixed or commented on within {@link EARLY} days. */
  readonly early: boolean;
}

/** What people do within so many days of a closing says that it was wrong, or at least noticed. */
export const EARLY = 90;

/** What is known of a closing: the run, and when it was by the run's own clock. */
export interface ClosedBy {
  readonly run: string;
  readonly at: Instant;
}

/** `taken-back`: bugprune took it back itself. `unknown`: the bug's history cannot tell. */
export function fateOf(bug: Bug, { run, at }: ClosedBy): Fate | 'taken-back' | 'unknown' {
  const order = chronological(bug.events);
  const said = order.findLastIndex(({ mark }) => mark?.run === run);
  const closing = order[said];
  if (closing?.mark?.action === 'undo') return 'taken-back';
  const reopened = isReopened(bug, run);
  if (reopened === null) return 'unknown';
  // Our comment may have been deleted; then there is only the run's own clock.
  const later = closing ? order.slice(said + 1) : order.filter((event) => event.at > at);
  const comments = later.filter((event) => event.kind === 'commented' && isHumanActivity(event));
  const fix = fixAmong(later);
  const returns = reopened ? [reopeningAmong(later)] : [];
  const times = [...returns, ...(fix ? [fix.at] : []), ...comments.slice(0, 1).map((comment) => comment.at)];
  return {
    reopened,
    openNow: bug.state === 'open',
    fixed: fix !== undefined,
    comments: comments.length,
    votes: bug.votes,
    // Nobody knows when it was reopened: perhaps soon.
    early: times.some((time) => time === null || daysBetween(closing?.at ?? at, time) < EARLY),
  };
}

/**
 * Whether a person reopened a bug after a run had closed it, or it is open again whoever did that. When we took it back ourselves it is
 * not. null: its history cannot tell.
 */
function isReopened(bug: Bug, run: string): boolean | null {
  const marked = chronological(bug.events).findLast(({ mark }) => mark?.run === run);
  if (marked?.mark?.action === 'undo') return false;
  if (bug.state === 'open') return true;
  if (bug.history !== 'complete') return null;
  return marked !== undefined && reopenedByPeople(bug).some((at) => at >= marked.at);
}

/** Our own closing is none, in whatever way it closed, and trackers record some twice. */
function fixAmong(later: readonly BugEvent[]): BugEvent | undefined {
  let ours = true;
  for (const event of later) {
    if (event.kind === 'reopened') ours = false;
    if (event.kind === 'closed' && !(ours && event.actor?.self) && isFix(event.value, NOT_FIXED)) return event;
  }
  return undefined;
}

/** When a person reopened it, else whoever did; null where no event tells. */
function reopeningAmong(later: readonly BugEvent[]): Instant | null {
  const reopenings = later.filter(({ kind }) => kind === 'reopened');
  return (reopenings.find(isHumanActivity) ?? reopenings[0])?.at ?? null;
}
