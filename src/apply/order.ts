import type { ReportBug } from '../report/document.js';

/**
 * As much of a plan as is allowed, in the order in which to go about it: closings, then warnings, of each those that people care about
 * least, and all snoozes. The trackers take turns, in their order: else a large project would use up everything, run after run.
 */
export function drained(
  proposals: readonly ReportBug[],
  allowed: { readonly closes: number; readonly warnings: number },
  trackers: readonly string[],
): ReportBug[] {
  const inTurns = (verdict: ReportBug['verdict']) => {
    const queues = trackers.map((name) => proposals.filter((bug) => bug.verdict === verdict && bug.tracker === name));
    const turns = queues.flatMap((queue) => queue.toSorted(byEngagement).map((bug, round) => ({ bug, round })));
    return turns.toSorted((a, b) => a.round - b.round).map(({ bug }) => bug);
  };
  const snoozes = proposals.filter(({ snooze }) => snooze !== undefined);
  return [...inTurns('close').slice(0, allowed.closes), ...inTurns('warn').slice(0, allowed.warnings), ...snoozes];
}

/** The least engaged first. Where nobody knows how many people care about a bug, all others come before it. */
function byEngagement(a: ReportBug, b: ReportBug): number {
  const [one, other] = [a.engagement ?? Number.POSITIVE_INFINITY, b.engagement ?? Number.POSITIVE_INFINITY];
  return one === other ? byAge(a, b) : one - other;
}

/** `#2` before `#10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** The oldest first. */
export function byAge(a: ReportBug, b: ReportBug): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return byNumber.compare(a.ref, b.ref);
}
