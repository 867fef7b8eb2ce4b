import type { Bug, BugEvent, Mark } from '../../model/bug.js';
import { type Instant, latest } from '../../model/instant.js';
import { cleanText } from '../../model/text.js';
import { OWN_ACCOUNT } from './format.js';

/** The words of a closed bug: how it was closed, and its status after that. */
export const NOT_PLANNED = 'not planned';
const CLOSED = 'closed';

/** The bug with something that we did added to its history. Not even a clock that is late can make it happen before what it follows. */
function withEvent(bug: Bug, now: Instant, event: Omit<BugEvent, 'at' | 'actor'>): Bug {
  const at = latest(now, bug.updatedAt, bug.events.at(-1)?.at) ?? now;
  return { ...bug, updatedAt: at, events: [...bug.events, { at, actor: OWN_ACCOUNT, ...event }] };
}

/** The bug with our comment, under an id that no other comment on it has. */
export function withComment(bug: Bug, now: Instant, text: string, mark: Mark): Bug {
  const numbers = bug.events.map((event) => Number(/^c(\d{1,9})$/.exec(event.id ?? '')?.[1] ?? 0));
  const id = `c${Math.max(0, ...numbers) + 1}`;
  const commented = withEvent(bug, now, { kind: 'commented', value: cleanText(text), id, mark });
  return { ...commented, comments: bug.comments === null ? null : bug.comments + 1 };
}

/**
 * The bug closed as not to be fixed; the very same when it is closed already. The closing says which status it ended, so that it can be
 * taken back without its receipt.
 */
export function withClosing(bug: Bug, now: Instant): Bug {
  if (bug.state === 'closed') return bug;
  return { ...withEvent(bug, now, { kind: 'closed', value: NOT_PLANNED, from: bug.status }), state: 'closed', status: CLOSED };
}

/** The bug open again, in the status that it had; the very same when somebody has reopened it already. */
export function withReopening(bug: Bug, now: Instant, status: string): Bug {
  if (bug.state === 'open') return bug;
  return { ...withEvent(bug, now, { kind: 'reopened' }), state: 'open', status };
}

/** The bug with our comment saying that it was taken back; the very same when it says so already, or is gone. */
export function withCommentTakenBack(bug: Bug, now: Instant, id: string): Bug {
  const comment = bug.events.find((event) => event.id === id && isByUs(event));
  if (!comment?.mark || comment.mark.action === 'undo') return bug;
  const edited = {
    ...comment,
    value: `[taken back] ${comment.value ?? ''}`.trim(),
    mark: { ...comment.mark, action: 'undo' as const },
  };
  const events = bug.events.map((event) => (event === comment ? edited : event));
  return withEvent({ ...bug, events }, now, { kind: 'edited', value: `comment ${id}` });
}

/** Our comment that carries this very mark. */
export function findMarked(bug: Bug, { run, action, policy }: Mark): BugEvent | undefined {
  const isIt = (mark: Mark | undefined) => mark?.run === run && mark.action === action && mark.policy === policy;
  return bug.events.findLast((event) => event.kind === 'commented' && isByUs(event) && isIt(event.mark));
}

function isByUs(event: BugEvent): boolean {
  return event.actor?.self === true;
}
