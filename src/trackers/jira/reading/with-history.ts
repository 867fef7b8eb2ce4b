import { type Bug, type BugEvent, bugSchema } from '../../../model/bug.js';
import { chronological } from '../../../model/history.js';
import { commentEvents, type StoredMark } from '../closing/marks.js';
import type { StatusMap } from './category.js';
import { changeEvents } from './changelog.js';
import type { Changelog } from './changelogs.js';
import type { Comments } from './comments.js';
import type { FurtherFields } from './further.js';

/** What histories are understood by. */
export interface HistoryContext {
  readonly statuses: StatusMap;
  /** Our own accountId or user name. */
  readonly self: string;
  readonly further: FurtherFields;
}

/** The same bug with its history: `complete` when all comments and all changes are there and could be understood. */
export function withHistory(
  bug: Bug,
  comments: Comments | null,
  changelog: Changelog | undefined,
  marks: readonly StoredMark[],
  { statuses, self, further }: HistoryContext,
): Bug {
  const targetFields = new Set([further.sprint, further.dueDate].filter((id) => id !== null));
  const changes = changelog ? changeEvents(changelog.entries, { statuses, self, targetFields }) : null;
  const said = comments ? commentEvents(comments.comments, marks, self) : bug.events.filter(isComment);
  const complete = changes !== null && changelog?.complete === true && comments?.complete !== false;
  return bugSchema.parse({
    ...bug,
    comments: comments ? comments.comments.length : bug.comments,
    events: chronological([...said, ...(changes ?? [])]),
    history: complete ? 'complete' : 'partial',
  });
}

/** Whether the bug already holds all its comments, as most do that were listed. A comment of ours that was deleted has no id. */
export function hasAllComments({ events, comments }: Bug): boolean {
  const held = events.filter((event) => isComment(event) && event.id !== undefined).length;
  return comments !== null && held >= comments;
}

function isComment({ kind }: BugEvent): boolean {
  return kind === 'commented';
}
