import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Actor, type Bug, bugSchema, type LinkedWork } from '../../src/model/bug.js';

/** A real Jira Server project, Alloy (ALOY): 1,499 issues with comments but without a changelog, logins hashed, texts removed. */
const DATA = fileURLToPath(new URL('../../../shared/data/jira-server-aloy.json.gz', import.meta.url));

/** Whether the data is there, for `describe.skipIf(!present)`: it is not part of the repository. */
export const present: boolean = existsSync(DATA);

/** When the data was taken. */
export const AS_OF = '2021-12-02T00:00:00Z';

const user = z.object({ name: z.string(), displayName: z.string() });
const status = z.object({ name: z.string(), statusCategory: z.object({ key: z.enum(['new', 'indeterminate', 'done']) }) });
const related = z.object({ key: z.string(), fields: z.object({ status }) });
const version = z.object({ name: z.string(), released: z.boolean(), archived: z.boolean() });

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    issuetype: z.object({ name: z.string() }),
    summary: z.string(),
    status,
    resolution: z.object({ name: z.string() }).nullable(),
    created: z.string(),
    updated: z.string(),
    reporter: user.nullable(),
    assignee: user.nullable(),
    priority: z.object({ name: z.string() }).nullish(),
    labels: z.array(z.string()).default([]),
    fixVersions: z.array(version),
    comment: z.object({
      comments: z.array(z.object({ id: z.string(), author: user.nullish(), created: z.string() })),
      total: z.number(),
    }),
    subtasks: z.array(related).default([]),
    issuelinks: z.array(z.object({ type: z.object({ name: z.string() }), outwardIssue: related.optional() })).default([]),
  }),
});

/** An issue of the project, as far as a bug is made of it. */
export type AloyIssue = z.output<typeof issueSchema>;

/** All issues, of any type and status. */
export function loadAloy(): AloyIssue[] {
  return z.array(issueSchema).parse(JSON.parse(gunzipSync(readFileSync(DATA)).toString()));
}

/** The bugs among issues, in our words: open or closed by status category, never by resolution. */
export function aloyBugs(issues: readonly AloyIssue[]): Bug[] {
  return issues.filter(({ fields }) => fields.issuetype.name === 'Bug').map(toBug);
}

/** `partial`: comments are there (of some issues not all), a changelog is not. */
function toBug({ id, key, fields }: AloyIssue): Bug {
  return bugSchema.parse({
    tracker: 'aloy',
    ref: key,
    id,
    url: `https://jira.example.com/browse/${key}`,
    title: fields.summary,
    state: isDone(fields) ? 'closed' : 'open',
    status: fields.status.name,
    inProgress: fields.status.statusCategory.key === 'indeterminate',
    createdAt: fields.created,
    updatedAt: fields.updated,
    author: fields.reporter && toActor(fields.reporter),
    type: fields.issuetype.name,
    labels: fields.labels,
    priority: fields.priority?.name ?? null,
    assignees: fields.assignee ? [toActor(fields.assignee)] : [],
    targets: fields.fixVersions.map(({ name, released, archived }) => ({
      name,
      state: released || archived ? 'closed' : 'open',
    })),
    votes: null,
    comments: fields.comment.total,
    linkedWork: linkedWork(fields),
    confidential: false,
    obstacle: null,
    events: fields.comment.comments.map((comment) => ({
      at: comment.created,
      kind: 'commented',
      actor: comment.author ? toActor(comment.author) : null,
      id: comment.id,
    })),
    history: 'partial',
  });
}

function toActor({ name, displayName }: z.output<typeof user>): Actor {
  return { id: name, name: displayName, kind: 'human' };
}

function isDone(fields: { readonly status: z.output<typeof status> }): boolean {
  return fields.status.statusCategory.key === 'done';
}

function linkedWork({ subtasks, issuelinks }: AloyIssue['fields']): LinkedWork[] {
  const blocked = issuelinks.flatMap(({ type, outwardIssue }) => (type.name === 'Blocks' && outwardIssue ? [outwardIssue] : []));
  const unfinished = (issues: readonly z.output<typeof related>[]) => issues.filter(({ fields }) => !isDone(fields));
  return [
    ...unfinished(subtasks).map(({ key }) => ({ kind: 'child' as const, name: key })),
    ...unfinished(blocked).map(({ key }) => ({ kind: 'blocks' as const, name: key })),
  ];
}
