import type { Bug } from '../model/bug.js';
import { daysBetween } from '../model/instant.js';
import type { Closure, Rescue } from './document.js';
import { echoesOf, type Fate } from './fate.js';
import type { Telling } from './life.js';
import type { PlayedClosing, PlayedWarning } from './replay.js';
import { runAt, type Schedule } from './schedule.js';

/** A closing as it stands in the document. */
export function closureEntry({ bug }: Telling, closing: PlayedClosing, regret: Fate | null, schedule: Schedule): Closure {
  const at = runAt(schedule, closing.run);
  return {
    ...namesOf(bug, closing.policy),
    at,
    fate: regret?.kind ?? 'none',
    fateAt: regret?.at ?? null,
    days: regret ? daysBetween(at, regret.at) : null,
    echoes: echoesOf(bug, at, regret?.at ?? null),
  };
}

/** A warning that came in time, as it stands in the document; null when people did not act in its notice period. */
export function rescueEntry(
  { bug, fates }: Telling,
  { run, policy, until }: PlayedWarning,
  closing: PlayedClosing | null,
  schedule: Schedule,
): Rescue | null {
  const at = runAt(schedule, run);
  const closedAt = closing ? runAt(schedule, closing.run) : until;
  const end = closedAt < until ? closedAt : until;
  for (const fate of fates) {
    if (fate.kind === 'reopened' || fate.at <= at || fate.at > end) continue;
    const days = daysBetween(at, fate.at);
    return { ...namesOf(bug, policy), warnedAt: at, fate: fate.kind, fateAt: fate.at, days };
  }
  return null;
}

/** Of a confidential bug nothing is told that somebody wrote into it. */
function namesOf({ ref, tracker, url, title, confidential }: Bug, policy: string) {
  return { ref, tracker, url, title: confidential ? '' : title, policy };
}
