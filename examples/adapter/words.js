import { bugSchema, TrackerError } from 'bugprune';
import { markOf } from './marker.js';

const DONE = 'RESOLVED';

/** What Blotter shows where no milestone is set. */
const NONE = '---';

/** A bug in bugprune's words. `me` is our account. A row of a list has neither log nor comments: its history is unread. */
export function toBug(row, { name, url, me }) {
  const whole = row.log !== undefined && row.comments !== undefined;
  const actor = (who) => who && { id: who.login, name: who.name, kind: who.robot ? 'bot' : 'human', ...(who.login === me && { self: true }) };
  const { status, resolution } = row;
  const checked = bugSchema.safeParse({
    tracker: name,
    ref: `${row.product}-${row.id}`,
    id: String(row.id),
    url: `${url}/${row.product}/${row.id}`,
    title: row.summary,
    state: status === DONE ? 'closed' : 'open',
    status: status === DONE ? `${status} ${resolution}` : status,
    inProgress: status === 'IN_PROGRESS',
    createdAt: row.opened,
    updatedAt: row.changed,
    author: actor(row.reporter),
    type: null,
    labels: row.keywords,
    priority: row.severity,
    assignees: row.assigned ? [actor(row.assigned)] : [],
    targets: targetsOf(row),
    votes: row.votes,
    comments: row.commentCount,
    // Not in a list: what is not known is null, and null protects.
    linkedWork: row.blocks === undefined ? null : row.blocks.map((id) => ({ kind: 'blocks', name: `${row.product}-${id}` })),
    confidential: row.private,
    obstacle: row.mayEdit ? null : 'we may not edit it',
    closing: null,
    remarks: [],
    events: whole ? eventsOf(row, actor) : [],
    history: whole ? 'complete' : 'unread',
  });
  if (!checked.success) throw new TrackerError('unexpected', `Bug ${row.id} is not as expected: ${checked.error.message}`);
  return checked.data;
}

function targetsOf({ milestone, milestones }) {
  if (milestones.length === 0) return 'unplanned';
  if (milestone === NONE) return [];
  const known = milestones.find(({ name }) => name === milestone);
  return [{ name: milestone, state: known === undefined ? 'unknown' : known.over ? 'closed' : 'open' }];
}

/** Oldest first; within a second a comment comes before the closing that it explains. */
function eventsOf({ log, comments }, actor) {
  const said = comments.map(({ id, at, who, text }) => {
    const mark = markOf(text);
    return { at, kind: 'commented', actor: actor(who), value: text, id: String(id), ...(mark && { mark }) };
  });
  const done = log.flatMap((entry) => changes(entry).map((change) => ({ at: entry.at, actor: actor(entry.who), ...change })));
  return [...said, ...done].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** One entry of the log as events: a milestone that replaces another is one that goes and one that comes. */
function changes({ field, from, to }) {
  switch (field) {
    case 'milestone':
      return [...(from === NONE ? [] : [{ kind: 'untargeted', value: from }]), ...(to === NONE ? [] : [{ kind: 'targeted', value: to }])];
    case 'status':
      if (to.startsWith(DONE)) return [{ kind: 'closed', value: to, from }];
      return [from.startsWith(DONE) ? { kind: 'reopened', value: to } : { kind: 'moved', value: to, from }];
    case 'assigned':
      return [...(from ? [{ kind: 'unassigned', value: from }] : []), ...(to ? [{ kind: 'assigned', value: to }] : [])];
    case 'keywords':
      return [...(from ? [{ kind: 'unlabeled', value: from }] : []), ...(to ? [{ kind: 'labeled', value: to }] : [])];
    case 'summary':
      return [{ kind: 'renamed', value: to, from }];
    default:
      return [{ kind: 'edited' }];
  }
}
