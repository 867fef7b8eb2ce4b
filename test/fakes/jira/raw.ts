import { z } from 'zod';

/** What the loaders read of issues as real Jiras answered them. Everything else in the files is ignored. */

const named = z.object({ id: z.string(), name: z.string() });

const user = z.object({
  name: z.string().optional(),
  accountId: z.string().optional(),
  accountType: z.enum(['atlassian', 'app', 'customer']).optional(),
  displayName: z.string(),
  active: z.boolean(),
});

export const rawStatus = named.extend({
  statusCategory: z.object({ id: z.number(), name: z.string() }),
  scope: z.object({ project: z.object({ id: z.string() }) }).optional(),
});

const version = named.extend({ released: z.boolean(), archived: z.boolean(), releaseDate: z.string().optional() });

const type = named.extend({ subtask: z.boolean() });

const brief = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    status: rawStatus,
    issuetype: type,
    priority: named.nullable().optional(),
  }),
});

const linkType = named.extend({ inward: z.string(), outward: z.string() });

const end = z.string().nullable();

const rawHistory = z.object({
  id: z.string(),
  author: user.optional(),
  created: z.string(),
  historyMetadata: z.unknown().optional(),
  items: z.array(
    z.object({
      field: z.string(),
      fieldId: z.string().optional(),
      fieldtype: z.enum(['jira', 'custom']),
      from: end,
      fromString: end,
      to: end,
      toString: end,
    }),
  ),
});

export const rawProject = named.extend({
  key: z.string(),
  style: z.enum(['classic', 'next-gen']).optional(),
  projectTypeKey: z.enum(['software', 'service_desk', 'business']).optional(),
});

export const rawIssue = z.object({
  id: z.string(),
  key: z.string(),
  changelog: z.object({ histories: z.array(rawHistory) }).optional(),
  fields: z.object({
    issuetype: type,
    project: rawProject,
    status: rawStatus,
    statuscategorychangedate: z.string().optional(),
    resolution: named.nullable(),
    resolutiondate: z.string().nullable().optional(),
    priority: named.nullable(),
    summary: z.string(),
    created: z.string(),
    updated: z.string(),
    duedate: z.string().nullable().optional(),
    creator: user.nullable(),
    reporter: user.nullable(),
    assignee: user.nullable(),
    labels: z.array(z.string()).optional(),
    components: z.array(named).optional(),
    fixVersions: z.array(version),
    versions: z.array(version).optional(),
    votes: z.object({ votes: z.number() }).optional(),
    parent: brief.optional(),
    subtasks: z.array(brief).optional(),
    issuelinks: z
      .array(z.object({ id: z.string(), type: linkType, inwardIssue: brief.optional(), outwardIssue: brief.optional() }))
      .optional(),
    comment: z.object({
      comments: z.array(
        z.object({ id: z.string(), author: user.optional(), body: z.string(), created: z.string(), updated: z.string() }),
      ),
    }),
    customfield_10020: z
      .array(z.object({ id: z.number(), name: z.string(), state: z.enum(['active', 'closed', 'future']) }))
      .nullish(),
    closedSprints: z.array(z.object({ id: z.number(), name: z.string() })).optional(),
  }),
});

export type RawIssue = z.output<typeof rawIssue>;
export type RawStatus = z.output<typeof rawStatus>;
export type RawUser = z.output<typeof user>;
export type RawBrief = z.output<typeof brief>;
