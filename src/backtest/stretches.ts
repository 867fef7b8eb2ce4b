import type { Bug } from '../model/bug.js';
import { asOf } from '../model/history.js';
import { firstRunFrom, runAt, type Schedule } from './schedule.js';

/** A bug as all runs from `first` to before `end` find it: nothing happens to it in between, only the clock goes on. */
export interface Stretch {
  readonly bug: Bug;
  readonly first: number;
  readonly end: number;
}

/**
 * The life of a bug cut where something happens to it, oldest first, beginning with the first run that finds it. Each past is made from the
 * one that follows it, so that every event is taken back once, however many runs there are.
 */
export function stretchesOf(bug: Bug, schedule: Schedule): Stretch[] {
  const start = firstRunFrom(schedule, bug.createdAt);
  const changes = [bug.updatedAt, ...bug.events.map(({ at }) => at)].map((at) => firstRunFrom(schedule, at));
  const firsts = [...new Set([start, ...changes.filter((run) => run > start)])].filter((run) => run < schedule.runs.length);
  const found: Stretch[] = [];
  let later = bug;
  let end = schedule.runs.length;
  for (const first of firsts.toSorted((a, b) => b - a)) {
    later = asOf(later, runAt(schedule, first)) ?? later;
    found.push({ bug: later, first, end });
    end = first;
  }
  return found.reverse();
}
