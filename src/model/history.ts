import type { Actor, Bug, BugEvent, EventKind, Mark } from './bug.js';
import { type Instant, latest } from './instant.js';

/** A missing author is a person: that an account was deleted does not make what it said a robot's. */
function isPerson(actor: Actor | null): boolean {
  return actor?.kind !== 'bot';
}

/** Whether bugprune itself left this: our account, and our marker. What our account does without one is a person's doing. */
export function isOurs(event: BugEvent): boolean {
  return event.mark !== undefined && event.actor?.self === true;
}

/**
 * Since when the bug has had no target: the latest of its creation, the last time a target was taken away and the last reopening.
 * A target that is gone without a trace (a deleted milestone) may have gone as late as the bug's last change: so it is when the
 * last thing heard of targets is that one was set, or when more were set than taken away. Names are no help, for targets are renamed.
 * When we said something about it since, it was gone already: else robots, and our own warnings, would keep such a bug for ever.
 * A bug that still has targets, slipped or parked ones that are treated as none, was being planned when the last one was set.
 */
export function untargetedSince(bug: Bug): Instant {
  let since = bug.createdAt;
  let lastTargeted = '';
  let lastUntargeted = '';
  let held = 0;
  for (const { kind, at } of bug.events) {
    if (kind === 'targeted') {
      held++;
      if (at > lastTargeted) lastTargeted = at;
    } else if (kind === 'untargeted') {
      held--;
      if (at > lastUntargeted) lastUntargeted = at;
    } else if (kind === 'reopened' && at > since) since = at;
  }
  if (lastUntargeted > since) since = lastUntargeted;
  if (Array.isArray(bug.targets) && bug.targets.length > 0 && lastTargeted > since) since = lastTargeted;
  const none = bug.targets === 'unplanned' || bug.targets.length === 0;
  const vanished = none && lastTargeted !== '' && (held > 0 || lastTargeted >= lastUntargeted);
  if (!vanished) return since;
  const said = bug.events.filter((event) => isOurs(event) && event.mark?.action !== 'snooze' && event.at > lastTargeted);
  const gone = said.reduce((first, { at }) => (at < first ? at : first), bug.updatedAt);
  return gone > since ? gone : since;
}

/** When a person last did something that counts as activity, opening the bug included; null when none ever did. */
export function lastHumanActivity(bug: Bug): Instant | null {
  let last: Instant | null = isPerson(bug.author) ? bug.createdAt : null;
  for (const event of bug.events) {
    if ((last === null || event.at > last) && isHumanActivity(event)) last = event.at;
  }
  return last;
}

/** Whether an event is a sign that a person cares: all kinds are, but edits of other fields than title, labels, target and status. */
export function isHumanActivity(event: BugEvent): boolean {
  return event.kind !== 'edited' && isPerson(event.actor) && !isOurs(event);
}

/** Comments by people. */
export function humanComments(bug: Bug): number {
  let count = 0;
  for (const event of bug.events) if (event.kind === 'commented' && isHumanActivity(event)) count++;
  return count;
}

/**
 * When people reopened the bug after bugprune had closed it, oldest first. A closing is ours when our closing marker stands
 * before its reopening, whoever's account left it: the runs of a year may have used several. Closings themselves are not looked
 * at: trackers record some twice, and a comment made within the closing may be dated after it. A marker rewritten by an undo
 * no longer counts, nor does one before it: that of a closing that had failed, and which the one that was undone made good.
 */
export function reopenedByPeople(bug: Bug): Instant[] {
  if (!bug.events.some((event) => event.mark)) return [];
  const times: Instant[] = [];
  let ours = false;
  for (const event of chronological(bug.events)) {
    if (event.mark?.action === 'close') ours = true;
    if (event.mark?.action === 'undo' && isOurs(event)) ours = false;
    if (event.kind !== 'reopened') continue;
    if (ours && isPerson(event.actor)) times.push(event.at);
    ours = false;
  }
  return times;
}

/** Our last comment with the given action that nothing has superseded: no closing, reopening, loss of target or snooze since. */
export function standingMark(bug: Bug, action: 'close' | 'warn'): BugEvent | undefined {
  const since = untargetedSince(bug);
  return chronological(bug.events).findLast(
    (event) =>
      isOurs(event) &&
      event.mark?.action === action &&
      event.at >= since &&
      !bug.events.some((other) => (other.kind === 'closed' || other.mark?.action === 'snooze') && other.at >= event.at),
  );
}

/**
 * Until when somebody wants the bug left alone: the last day in UTC, or `forever`; null where nobody does. Of several snoozes the longest
 * counts, whoever's account left it: people go through a list with another account than the weekly run has.
 */
export function snoozedUntil({ events }: Bug): string | null {
  let longest: string | null = null;
  for (const { mark } of events) {
    if (mark?.action !== 'snooze') continue;
    const { until = 'forever' } = mark;
    if (longest === null || until > longest) longest = until;
  }
  return longest;
}

/**
 * The closing of a closed bug that our comment with this mark announced: our account's, after that comment, and nothing has closed or
 * reopened the bug since. After a closing that failed, another comment of ours may have announced it anew: then it is that one's.
 */
export function closingAfter(bug: Bug, { run, action, policy }: Mark): BugEvent | undefined {
  if (bug.state !== 'closed') return undefined;
  const order = chronological(bug.events);
  const isIt = ({ mark }: BugEvent) => mark?.run === run && mark.action === action && mark.policy === policy;
  const said = order.findLastIndex((event) => isOurs(event) && isIt(event));
  const since = said < 0 ? [] : order.slice(said + 1);
  if (since.some((event) => isOurs(event) && event.mark?.action === 'close')) return undefined;
  const [closing, ...others] = since.filter(({ kind }) => kind === 'closed' || kind === 'reopened');
  return closing?.kind === 'closed' && closing.actor?.self && others.length === 0 ? closing : undefined;
}

/** The same events in the order in which they happened; within one second, a comment comes before the closing it explains. */
export function chronological(events: readonly BugEvent[]): BugEvent[] {
  return events.toSorted((a, b) => (a.at === b.at ? SECOND_ORDER[a.kind] - SECOND_ORDER[b.kind] : a.at < b.at ? -1 : 1));
}

const SECOND_ORDER: Record<EventKind, number> = {
  commented: 0,
  labeled: 1,
  unlabeled: 1,
  assigned: 1,
  unassigned: 1,
  untargeted: 2,
  targeted: 3,
  renamed: 4,
  moved: 4,
  edited: 4,
  closed: 5,
  reopened: 6,
};

/**
 * The bug as it stood at an instant (what happened in that very second has happened); null before it existed.
 * What has no history stays as it is now: votes, type, priority, linked work, whether it is in progress. A target that is gone is
 * taken to have been live.
 */
export function asOf(bug: Bug, at: Instant): Bug | null {
  if (at < bug.createdAt) return null;
  const past = { ...bug, labels: [...bug.labels], assignees: [...bug.assignees] };
  if (Array.isArray(bug.targets)) past.targets = [...bug.targets];
  const order = chronological(bug.events);
  past.events = order.filter((event) => event.at <= at);
  for (const event of order.filter((later) => later.at > at).reverse()) takeBack(past, event);
  past.updatedAt = latest(bug.createdAt, past.events.at(-1)?.at) as Instant;
  if (bug.updatedAt <= at) past.updatedAt = bug.updatedAt;
  return past;
}

function takeBack(bug: Bug, { kind, value, from }: BugEvent): void {
  const name = value ?? '';
  switch (kind) {
    case 'labeled':
      bug.labels = bug.labels.filter((label) => label !== name);
      break;
    case 'unlabeled':
      if (!bug.labels.includes(name)) bug.labels.push(name);
      break;
    case 'assigned':
      bug.assignees = bug.assignees.filter((assignee) => assignee.name !== name);
      break;
    case 'unassigned':
      bug.assignees.push({ id: null, name, kind: 'human' });
      break;
    case 'targeted':
      if (Array.isArray(bug.targets)) bug.targets = bug.targets.filter((target) => target.name !== name);
      break;
    case 'untargeted':
      if (Array.isArray(bug.targets)) bug.targets.push({ name, state: 'open' });
      break;
    case 'renamed':
      bug.title = from ?? bug.title;
      break;
    case 'moved':
      bug.status = from ?? bug.status;
      break;
    // Where states have names of their own, the move that came with it is taken back next and says which.
    case 'closed':
      bug.state = 'open';
      bug.status = 'open';
      break;
    case 'reopened':
      bug.state = 'closed';
      bug.status = 'closed';
      break;
    case 'commented':
      if (bug.comments !== null) bug.comments = Math.max(0, bug.comments - 1);
      break;
    case 'edited':
      break;
  }
}

/** The same bug with the configured machine users counted as bots; they are named by login, account id or display name. */
export function withBots(bug: Bug, isBot: (name: string) => boolean): Bug {
  const judged = (actor: Actor | null): Actor | null =>
    actor && (isBot(actor.name) || (actor.id !== null && isBot(actor.id))) ? { ...actor, kind: 'bot' } : actor;
  return { ...bug, author: judged(bug.author), events: bug.events.map((event) => ({ ...event, actor: judged(event.actor) })) };
}
