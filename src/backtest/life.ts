import type { Bug, BugEvent } from '../model/bug.js';
import { chronological } from '../model/history.js';
import { latest } from '../model/instant.js';
import { type Fate, fatesOf, type Words } from './fate.js';
import { settleRenames } from './renames.js';
import type { Schedule } from './schedule.js';
import { type Stretch, stretchesOf } from './stretches.js';

/**
 * What keeps a bug's past from being certain. `history`: not all of it was read. `closing`: it is closed, and no event says since when.
 * `renamed`, `target`: a target has another name now, or went without a trace. `obstacle`: it could not be closed today, whatever was then.
 */
export type Doubt = 'history' | 'closing' | 'renamed' | 'target' | 'obstacle';

/** A bug with its past cut for a replay, and what became of it. */
export interface Telling {
  readonly bug: Bug;
  readonly stretches: readonly Stretch[];
  readonly fates: readonly Fate[];
}

/**
 * The life of a bug. `told`: what its history tells is taken for all there is. `late`: where that is in doubt, targets that no event
 * set were set at the last possible moment; the same object where there is no such target.
 */
export interface Life {
  readonly told: Telling;
  readonly late: Telling;
  readonly doubts: ReadonlySet<Doubt>;
}

/** Gets a bug ready for replays, machine users counted as bots already. */
export function lifeOf(bug: Bug, schedule: Schedule, words: Words): Life {
  const doubts = new Set<Doubt>();
  const { events, renamed, traced } = settleRenames(bug);
  if (bug.history !== 'complete') doubts.add('history');
  if (renamed) doubts.add('renamed');
  if (!traced) doubts.add('target');
  if (bug.obstacle !== null) doubts.add('obstacle');
  const closing = missingClosing(bug);
  if (closing) doubts.add('closing');
  const tell = (one: Bug): Telling => ({ bug: one, stretches: stretchesOf(one, schedule), fates: fatesOf(one, words) });
  const known: Bug = { ...bug, history: 'complete', obstacle: null, events: closing ? [...events, closing] : [...events] };
  const late = doubts.size > 0 ? targetedLate(known) : known;
  const told = tell(known);
  return { told, late: late === known ? told : tell(late), doubts };
}

/** The last that is known of a bug: nothing has happened to it since. */
function lastMoment(bug: Bug): string {
  return latest(bug.createdAt, bug.updatedAt, chronological(bug.events).at(-1)?.at) ?? bug.updatedAt;
}

/** The closing of a closed bug whose history does not have it, as late as it can have been; nobody knows by whom and how. */
function missingClosing(bug: Bug): BugEvent | null {
  const last = chronological(bug.events).findLast(({ kind }) => kind === 'closed' || kind === 'reopened');
  return bug.state === 'closed' && last?.kind !== 'closed' ? { at: lastMoment(bug), kind: 'closed', actor: null } : null;
}

function targetedLate(bug: Bug): Bug {
  const set = new Set(bug.events.filter(({ kind }) => kind === 'targeted').map(({ value }) => value));
  const unset = Array.isArray(bug.targets) ? bug.targets.filter(({ name }) => !set.has(name)) : [];
  if (unset.length === 0) return bug;
  const at = lastMoment(bug);
  const events = unset.map(({ name }): BugEvent => ({ at, kind: 'targeted', actor: null, value: name }));
  return { ...bug, events: [...bug.events, ...events] };
}
