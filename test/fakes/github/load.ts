import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { EventFields, PullRequestFields } from './fields.js';
import type { Issue } from './records.js';
import { type GithubStore, githubStore } from './store.js';

const FILE = new URL('../../../../shared/data/github-gui.json.gz', import.meta.url);

/** Whether the recorded repository is at hand. */
export const githubGuiIsPresent: boolean = existsSync(FILE);

const account = z
  .object({ login: z.string(), id: z.number(), type: z.enum(['User', 'Bot', 'Organization', 'Mannequin']) })
  .nullable();
const instant = z.string().nullable();

const event = z.object({
  event: z.string(),
  created_at: instant,
  updated_at: z.string().optional(),
  id: z.number().optional(),
  actor: account,
  label: z.object({ name: z.string() }).optional(),
  milestone: z.object({ title: z.string() }).optional(),
});

const milestone = z.object({
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  due_on: instant,
  created_at: z.string(),
  closed_at: instant,
});

const row = z.object({
  id: z.number(),
  node_id: z.string(),
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullable(),
  user: account,
  labels: z.array(z.object({ name: z.string(), color: z.string() })),
  assignees: z.array(account),
  milestone: milestone.nullable(),
  locked: z.boolean(),
  active_lock_reason: z.string().nullable(),
  author_association: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: instant,
  pull_request: z.object({ merged_at: instant }).optional(),
  draft: z.boolean().optional(),
  timeline: z.array(event),
});

type Row = z.output<typeof row>;

/**
 * A real repository, recorded on 2026-08-21 with texts removed and names hashed, as `acme/gui`: 341 issues, 537 pull requests.
 * The recording does not say which change closes which issue (its four `connected` events, which name no change, are left out),
 * nor why an issue was closed before its last closing.
 */
export function loadGithubGui(options: { now?: () => string } = {}): GithubStore {
  const rows = z.array(row).parse(JSON.parse(gunzipSync(readFileSync(FILE)).toString()));
  const store = githubStore(options);
  const repository = store.addRepository('acme/gui', { createdAt: '2020-06-16T00:00:00Z' });
  for (const { milestone: found } of rows) {
    if (!found || repository.milestones.some(({ number }) => number === found.number)) continue;
    const { number, title, state, due_on: dueOn, created_at: createdAt, closed_at: closedAt } = found;
    store.addMilestone('acme/gui', { number, title, state, dueOn, createdAt, closedAt });
  }
  for (const one of rows) addRow(store, { ...one, timeline: one.timeline.filter((happened) => happened.event !== 'connected') });
  return store;
}

function addRow(store: GithubStore, one: Row): Issue {
  const fields: PullRequestFields = {
    id: one.id,
    nodeId: one.node_id,
    number: one.number,
    title: one.title,
    state: one.state,
    stateReason: one.state_reason,
    author: one.user,
    authorAssociation: one.author_association,
    labels: one.labels,
    assignees: one.assignees,
    milestone: one.milestone?.number ?? null,
    locked: one.locked,
    lockReason: one.active_lock_reason,
    createdAt: one.created_at,
    updatedAt: one.updated_at,
    closedAt: one.closed_at,
    events: one.timeline.map((happened, index) => eventFields(happened, isLastClosing(one, index) ? one.state_reason : null)),
  };
  if (!one.pull_request) return store.addIssue('acme/gui', fields);
  return store.addPullRequest('acme/gui', { ...fields, draft: one.draft ?? false, mergedAt: one.pull_request.merged_at });
}

function isLastClosing({ state, timeline }: Row, index: number): boolean {
  return state === 'closed' && index === timeline.findLastIndex(({ event: kind }) => kind === 'closed');
}

function eventFields(happened: Row['timeline'][number], reason: Row['state_reason']): EventFields {
  return {
    event: happened.event,
    at: happened.created_at,
    actor: happened.actor,
    ...(happened.id !== undefined && { id: happened.id }),
    ...(happened.updated_at !== undefined && { updatedAt: happened.updated_at }),
    ...(happened.label && { label: happened.label.name }),
    ...(happened.milestone && { milestone: happened.milestone.title }),
    ...(happened.event === 'commented' && { body: '' }),
    ...(happened.event === 'closed' && reason !== 'reopened' && { reason }),
  };
}
