import type { Step } from '../journal/document.js';
import type { Earlier } from '../journal/undone.js';
import type { Actor, Bug, BugEvent, EventKind, Mark } from '../model/bug.js';
import { chronological, isOurs } from '../model/history.js';
import type { Receipt } from '../trackers/tracker.js';

/** What a run did to one bug, as far as its journal says. */
export interface Deed {
  readonly tracker: string;
  readonly ref: string;
  /** What the run's comment carries. */
  readonly mark: Mark;
  /** Of what is known to have been written. */
  readonly receipts: readonly Receipt[];
  /** The write that was announced and of which nobody knows what became. */
  readonly pending: Step | null;
  /** The journal is lost: what was written is found out on the bug itself. */
  readonly lost: boolean;
  /** What was done before to take it back. */
  readonly earlier: Earlier;
}

/** The writes of an undo. */
export type BackStep = Extract<Step, 'reopen' | 'disown'>;

/** What is to be done with a bug that a run has touched. `left`: a person's word stands against it. `nothing`: it was not touched after all. */
export type Way =
  | { readonly kind: 'back'; readonly steps: readonly BackStep[] }
  | { readonly kind: 'already' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'left'; readonly detail: string };

/**
 * How what a run did to a bug is taken back, given the bug as it was just read; `deed` has all receipts that could be found. What people
 * have done since stands: a bug that somebody has reopened keeps even the comment, for its marker remembers that a person wanted it open.
 * A warning or a snooze changes nothing but what we said, so it is taken back whoever has spoken since, as long as the bug is open.
 */
export function wayBack(bug: Bug, deed: Deed): Way {
  const { earlier, receipts, mark } = deed;
  const said = announcement(bug, mark);
  const hasComment = receipts.some(({ action }) => action === 'comment');
  if (said?.mark?.action === 'undo' || earlier.done.has('disown') || earlier.finished) {
    // An adapter may write the mark and the text one after the other.
    return earlier.pending.has('disown') && hasComment && bug.state === 'open' ? DISOWN : ALREADY;
  }
  if (receipts.length === 0) return { kind: 'nothing' };
  if (bug.history !== 'complete' && !isOnlyWords(mark)) return UNREADABLE;
  return bug.state === 'open' ? fromOpen(bug, deed, said, hasComment) : fromClosed(bug, deed, said, hasComment);
}

const ALREADY: Way = { kind: 'already' };
const REOPEN: readonly BackStep[] = ['reopen'];
const DISOWN = { kind: 'back', steps: ['disown'] } as const satisfies Way;
const UNREADABLE: Way = {
  kind: 'left',
  detail: 'its history could not be read completely, so nobody knows who has touched it since',
};

/** Whether this is no more than a comment: nothing was to be closed. */
export function isOnlyWords({ action }: Mark): boolean {
  return action === 'warn' || action === 'snooze';
}

const isClosed = ({ receipts }: Deed): boolean => receipts.some(({ action }) => action === 'close');

function fromOpen(bug: Bug, deed: Deed, said: BugEvent | undefined, hasComment: boolean): Way {
  const reopening = isOnlyWords(deed.mark) ? undefined : after(said, bug).find(isReopening);
  if (!isClosed(deed) && !reopening) return DISOWN;
  if (!isByAnUndo(reopening, deed, said)) return { kind: 'left', detail: reopening ? tell(reopening, bug) : 'it is open again' };
  // Where that was cut short, more than the state may have to be brought back: a resolution.
  const isCutShort = isClosed(deed) && deed.earlier.pending.has('reopen');
  const steps = [...(isCutShort ? REOPEN : []), ...(hasComment ? DISOWN.steps : [])];
  return steps.length > 0 ? { kind: 'back', steps } : ALREADY;
}

/** Whether the reopening of a bug is what an undo of ours did before it was cut short. */
function isByAnUndo(reopening: BugEvent | undefined, { earlier, lost }: Deed, said: BugEvent | undefined): boolean {
  if (earlier.done.has('reopen')) return true;
  if (!reopening || !isSame(reopening.actor, said)) return false;
  // Where no journal tells them apart, the owner of a personal account may have done it by hand; a robot reopens nothing else.
  return earlier.pending.has('reopen') || (lost && reopening.actor?.kind === 'bot');
}

function fromClosed(bug: Bug, deed: Deed, said: BugEvent | undefined, hasComment: boolean): Way {
  if (!isClosed(deed)) {
    const closing = after(said, bug).findLast(({ kind }) => kind === 'closed');
    return { kind: 'left', detail: closing ? tell(closing, bug) : 'it was closed since' };
  }
  const detail = objection(bug, deed, said);
  if (detail !== null) return { kind: 'left', detail };
  return { kind: 'back', steps: hasComment ? ['reopen', 'disown'] : ['reopen'] };
}

/** What speaks against reopening a closed bug: that the closing is not ours any more, or that somebody has touched the bug since. */
function objection(bug: Bug, deed: Deed, said: BugEvent | undefined): string | null {
  const closing = chronological(bug.events).findLast(({ kind, actor }) => kind === 'closed' && isSame(actor, said));
  if (!closing) return 'our closing cannot be found in its history';
  const since = after(said ?? closing, bug);
  const reopening = since.find(isReopening);
  if (reopening) return `${tell(reopening, bug)}, and it was closed again`;
  // An undo of ours that was cut short may have begun with the label.
  const isBegun = (event: BugEvent) => event.kind === 'unlabeled' && isByAnUndo(event, deed, said);
  const touch = since.find((event) => isTouch(event, closing, said) && !isBegun(event));
  return touch ? tell(touch, bug) : null;
}

const isReopening = ({ kind }: BugEvent): boolean => kind === 'reopened';

/** What closing a bug may bring along under our own account. */
const BY_CLOSING: ReadonlySet<EventKind> = new Set<EventKind>(['closed', 'moved', 'labeled', 'edited']);

function isTouch(event: BugEvent, closing: BugEvent, said: BugEvent | undefined): boolean {
  if (!isSame(event.actor, said)) return event.actor?.kind !== 'bot';
  // A workflow may unassign or retarget a bug in the very transition that closes it.
  const byClosing = BY_CLOSING.has(event.kind) || (event.kind !== 'commented' && event.at === closing.at);
  return event.mark === undefined && !byClosing;
}

/** Whether it is our account: the one we have now, or the one that the run had. */
function isSame(actor: Actor | null, said: BugEvent | undefined): boolean {
  return actor?.self === true || (actor !== null && actor.id !== null && actor.id === said?.actor?.id);
}

/**
 * The comment that a run left, or relied on. Of several with its mark the first one, for a copy can only come later; where there is none,
 * the last one of ours that announced a closing, since a run does not say again what another one said in vain.
 */
export function announcement({ events }: Bug, { run, action }: Mark): BugEvent | undefined {
  const order = chronological(events);
  const own = order.find(({ mark }) => mark?.run === run && (mark.action === action || mark.action === 'undo'));
  return own ?? (action === 'close' ? order.findLast((event) => isOurs(event) && event.mark?.action === 'close') : undefined);
}

/** What happened after an event, in that order. */
function after(event: BugEvent | undefined, { events }: Bug): BugEvent[] {
  const order = chronological(events);
  return event ? order.slice(order.indexOf(event) + 1) : [];
}

/** `mona commented on it on 2026-11-24T10:00:00Z`; of a confidential bug nobody is named. */
function tell({ kind, actor, at }: BugEvent, { confidential }: Bug): string {
  return `${(confidential ? null : actor?.name) || 'somebody'} ${DEEDS[kind]} on ${at}`;
}

const DEEDS: Record<EventKind, string> = {
  commented: 'commented on it',
  labeled: 'labelled it',
  unlabeled: 'took a label off it',
  assigned: 'assigned it',
  unassigned: 'unassigned it',
  targeted: 'gave it a target',
  untargeted: 'took its target away',
  renamed: 'renamed it',
  moved: 'moved it',
  edited: 'edited it',
  closed: 'closed it',
  reopened: 'reopened it',
};
