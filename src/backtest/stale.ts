import type { Bug } from '../model/bug.js';
import { add, type Duration } from '../model/duration.js';
import { type Instant, latest } from '../model/instant.js';
import { endOfNotice, type Played, type PlayedWarning, type Replay } from './replay.js';
import { firstRunFrom, runAt, type Schedule } from './schedule.js';

/** The defaults of actions/stale, the bot that most repositories use: `days-before-stale`, `days-before-close`. */
const BEFORE_STALE: Duration = { count: 60, unit: 'd' };
const BEFORE_CLOSE: Duration = { count: 7, unit: 'd' };

/** What closings and warnings of {@link staleReplay} give as their policy. */
export const STALE_BOT = 'stale bot';

/**
 * What to compare with: a bug that nobody touched for 60 days is called stale, and closed when nobody touches it for 7 days more. Any change
 * by anybody keeps it open, robots included, and targets do not, as in actions/stale, which exempts milestones only when told to.
 */
export function staleReplay(schedule: Schedule): Replay {
  return (stretches): Played => {
    const warnings: PlayedWarning[] = [];
    for (const { bug, first, end } of stretches) {
      const run = Math.max(first, firstRunFrom(schedule, add(lastChange(bug), BEFORE_STALE)));
      if (bug.state === 'closed' || run >= end) continue;
      const due = add(runAt(schedule, run), BEFORE_CLOSE);
      warnings.push({ run, policy: STALE_BOT, until: endOfNotice(schedule, due) });
      const closing = firstRunFrom(schedule, due);
      // A stretch ends with a change, and a change takes the label away.
      if (closing < end) return { warnings, closing: { run: closing, policy: STALE_BOT, slipped: false } };
    }
    return { warnings, closing: null };
  };
}

function lastChange({ updatedAt, events }: Bug): Instant {
  return latest(updatedAt, events.at(-1)?.at) ?? updatedAt;
}
