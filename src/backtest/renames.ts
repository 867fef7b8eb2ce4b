import type { Bug, BugEvent } from '../model/bug.js';
import { chronological } from '../model/history.js';

/** The events of a bug in which targets have one name each, as far as that could be found out. `traced`: no target went without a trace. */
export interface Renaming {
  readonly events: readonly BugEvent[];
  readonly renamed: boolean;
  readonly traced: boolean;
}

/**
 * Histories give targets the names that they had at the time, and say nothing when one is renamed. A target that was set and never
 * taken away, and that the bug does not have, is the one that it has, or that was taken away later, without ever having been set: if
 * there is exactly one of each. It is given its later name, for else the bug would seem to have had that target from its creation.
 */
export function settleRenames(bug: Bug): Renaming {
  const present = Array.isArray(bug.targets) ? bug.targets.map(({ name }) => name) : [];
  const order = chronological(bug.events);
  const lost = order.filter((event, index) => event.kind === 'targeted' && !isSeenAgain(event, order.slice(index + 1), present));
  const [set, ...others] = lost;
  if (set === undefined) return { events: bug.events, renamed: false, traced: true };
  const gone = order.flatMap((event, index) =>
    event.kind === 'untargeted' && !wasSet(event, order.slice(0, index)) ? [event] : [],
  );
  const known = new Set(order.filter(({ kind }) => kind === 'targeted').map(({ value }) => value));
  const names = [
    ...gone.filter(({ at }) => at >= set.at).map(({ value }) => value),
    ...present.filter((name) => !known.has(name)),
  ];
  const [name] = names;
  if (others.length > 0 || names.length !== 1 || name === undefined) return { events: bug.events, renamed: false, traced: false };
  return { events: bug.events.map((event) => (event === set ? { ...event, value: name } : event)), renamed: true, traced: true };
}

/** Whether a target that was set is heard of later: it is taken away, or still there. */
function isSeenAgain({ value }: BugEvent, later: readonly BugEvent[], present: readonly string[]): boolean {
  return present.includes(value ?? '') || later.some((event) => event.kind === 'untargeted' && event.value === value);
}

/** Whether a target that was taken away had been set by an event. */
function wasSet({ value }: BugEvent, earlier: readonly BugEvent[]): boolean {
  return earlier.some((event) => event.kind === 'targeted' && event.value === value);
}
