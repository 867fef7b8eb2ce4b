import type { Actor, Bug, BugEvent } from '../model/bug.js';
import { chronological } from '../model/history.js';
import { type Instant, latest } from '../model/instant.js';

/** The account whose warnings and closings are only imagined. */
const REPLAYER: Actor = { id: null, name: 'bugprune', kind: 'bot', self: true };

/** The comment that a replayed run would have left: to the rules it is one of ours like any other. */
export function imagined(action: 'warn', policy: string, at: Instant): BugEvent {
  return { at, kind: 'commented', actor: REPLAYER, mark: { run: 'backtest', action, policy } };
}

/** The bug as it would be had we written these comments. They are changes like any other, also to its `updatedAt`. */
export function withComments(bug: Bug, comments: readonly BugEvent[]): Bug {
  if (comments.length === 0) return bug;
  return {
    ...bug,
    events: chronological([...bug.events, ...comments]),
    updatedAt: latest(bug.updatedAt, comments.at(-1)?.at) ?? bug.updatedAt,
    comments: bug.comments === null ? null : bug.comments + comments.length,
  };
}
