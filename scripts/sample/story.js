/** The day the sample is taken. */
export const NOW = Date.parse('2026-11-22T09:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const pad = (number, digits) => String(number).padStart(digits, '0');

/** Milliseconds as the file writes instants: whole seconds, UTC. */
export const instant = (time) => `${new Date(time).toISOString().slice(0, 19)}Z`;

export const user = (number) => ({ id: `U_1${pad(number, 4)}`, name: `user-${pad(number, 4)}`, kind: 'human' });
export const developer = (number) => ({ id: `U_2${pad(number, 4)}`, name: `dev-${pad(number, 2)}`, kind: 'human' });
export const TRIAGE_BOT = { id: 'B_1', name: 'triage-bot', kind: 'bot' };
export const DEPENDENCY_BOT = { id: 'B_2', name: 'dependency-bot', kind: 'bot' };
export const OURSELVES = { id: 'B_3', name: 'acme-bugprune', kind: 'bot', self: true };

/** The releases of the product: from when on bugs were planned for them, and when they were closed. */
export const RELEASES = {
  'v3.8': { from: Date.parse('2023-06-01T09:00:00Z'), closed: Date.parse('2024-02-20T16:00:00Z') },
  'v3.9': { from: Date.parse('2024-01-15T09:00:00Z'), closed: Date.parse('2024-11-14T16:00:00Z') },
  'v4.0': { from: Date.parse('2024-10-01T09:00:00Z'), closed: Date.parse('2025-08-20T16:00:00Z') },
  'v4.1': { from: Date.parse('2025-07-01T09:00:00Z'), closed: Date.parse('2026-04-15T16:00:00Z') },
  'v4.2': { from: Date.parse('2026-03-02T09:00:00Z') },
  'v4.3': { from: Date.parse('2026-08-17T09:00:00Z') },
  Backlog: { from: Date.parse('2019-01-01T09:00:00Z') },
  Future: { from: Date.parse('2019-01-01T09:00:00Z') },
};

/**
 * A bug that is told step by step, in any order. `told` sorts the steps and makes the bug out of them, so that its state, labels,
 * targets, assignees and counts can never disagree with its history.
 */
export function storyOf(opening) {
  const steps = [];
  const step = (at, kind, actor, more = {}) => {
    if (at < opening.at || at > NOW) throw new Error(`${opening.title}: ${kind} at ${instant(at)} cannot be`);
    steps.push({ at: Math.floor(at / 1000) * 1000, kind, actor, ...more });
  };
  return {
    opening,
    comment: (at, actor, more) => step(at, 'commented', actor, more),
    label: (at, actor, value) => step(at, 'labeled', actor, { value }),
    unlabel: (at, actor, value) => step(at, 'unlabeled', actor, { value }),
    assign: (at, actor, value) => step(at, 'assigned', actor, { value }),
    unassign: (at, actor, value) => step(at, 'unassigned', actor, { value }),
    target: (at, actor, value) => step(at, 'targeted', actor, { value }),
    untarget: (at, actor, value) => step(at, 'untargeted', actor, { value }),
    rename: (at, actor, from) => step(at, 'renamed', actor, { value: opening.title, from }),
    close: (at, actor, value) => step(at, 'closed', actor, { value }),
    reopen: (at, actor) => step(at, 'reopened', actor),
    told: (number, nextComment) => tell(opening, number, steps, nextComment),
  };
}

function tell(opening, number, steps, nextComment) {
  const labels = new Set(opening.labels);
  const assignees = new Set();
  const targets = new Set();
  let state = 'open';
  const ordered = steps.map((step, index) => ({ step, index })).sort((a, b) => a.step.at - b.step.at || a.index - b.index);
  const events = ordered.map(({ step: { at, kind, actor, value, from, mark } }) => {
    if (kind === 'labeled') labels.add(value);
    if (kind === 'unlabeled') labels.delete(value);
    if (kind === 'assigned') assignees.add(value);
    if (kind === 'unassigned') assignees.delete(value);
    if (kind === 'targeted') targets.add(value);
    if (kind === 'untargeted') targets.delete(value);
    if (kind === 'closed') state = 'closed';
    if (kind === 'reopened') state = 'open';
    const id = kind === 'commented' ? nextComment() : undefined;
    return { at: instant(at), kind, actor, value, from, id, mark };
  });
  const createdAt = instant(opening.at);
  return {
    tracker: 'app',
    ref: `acme/app#${number}`,
    id: `I_${number}`,
    url: `https://github.com/acme/app/issues/${number}`,
    title: opening.title,
    state,
    status: state,
    inProgress: state === 'open' && labels.has('in progress'),
    createdAt,
    updatedAt: events.at(-1)?.at ?? createdAt,
    author: opening.author,
    type: opening.type,
    labels: [...labels],
    priority: priorityOf(labels),
    assignees: [...assignees].map((name) => developer(Number(name.replace('dev-', '')))),
    targets: [...targets].map((name) => ({ name, state: (RELEASES[name].closed ?? NOW) < NOW ? 'closed' : 'open' })),
    votes: opening.votes,
    comments: events.filter(({ kind }) => kind === 'commented').length,
    linkedWork: opening.linkedWork.map((kind) => ({ kind, name: `acme/app#${number + 1}` })),
    confidential: false,
    obstacle: null,
    closing: null,
    remarks: [],
    events,
    history: opening.history,
  };
}

const PRIORITIES = {
  'priority/blocker': 'Blocker',
  'priority/critical': 'Critical',
  'priority/major': 'Major',
  'priority/minor': 'Minor',
};

function priorityOf(labels) {
  const [label] = Object.keys(PRIORITIES).filter((name) => labels.has(name));
  return label ? PRIORITIES[label] : null;
}
