import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { toInstant } from '../../../model/instant.js';
import type { Envelope } from './http.js';

/** Ids are text on issues and numbers in some lists. */
const id = z.union([z.string().min(1), z.number().transform(String)]);

/** A point in time. A comment of which nobody knows when it was written may be what keeps a bug open. */
const time = z.string().refine((text) => toInstant(text) !== null, { error: 'expected a point in time' });

/** An account: by `accountId` on Cloud, by `name` and `key` on Data Center. */
const user = z.object({
  accountId: z.string().nullish(),
  accountType: z.string().nullish(),
  name: z.string().nullish(),
  key: z.string().nullish(),
  displayName: z.string().nullish(),
});

/** See {@link user}. */
export type JiraUser = z.output<typeof user>;

/**
 * A status with its category, which alone says what it means: `{ id: 3, key: 'done' }`. Without one, work in progress would pass for work
 * that nobody has begun, and a reopened bug for one that never was closed: such an answer is none.
 */
export const jiraStatus = z.object({
  id,
  name: z.string(),
  untranslatedName: z.string().nullish(),
  statusCategory: z
    .object({ id: z.number().nullish(), key: z.string().nullish() })
    .refine(({ id, key }) => typeof id === 'number' || typeof key === 'string', { error: 'expected an id or a key' }),
});

/** See {@link jiraStatus}. */
export type JiraStatus = z.output<typeof jiraStatus>;

/** All statuses of a site that we may see. */
export const statuses = z.array(jiraStatus);

/** A fix version. */
export const version = z.object({ name: z.string(), released: z.boolean().nullish(), archived: z.boolean().nullish() });

/** A comment; `body` is a document on v3 and wiki text on v2. */
export const comment = z.object({ id, author: user.nullish(), body: z.unknown().optional(), created: time });

/** See {@link comment}. */
export type JiraComment = z.output<typeof comment>;

/** Some comments of an issue. */
export const commentPage = z.object({ comments: z.array(comment), total: z.number().int().nullish() });

/** A change of one field. `toString` is read with care: without it, an object answers with the function that all have. */
const changeItem = z
  .looseObject({ field: z.string(), fieldId: z.string().nullish(), from: z.string().nullish(), to: z.string().nullish() })
  .transform((item) => ({
    field: item.field,
    fieldId: item.fieldId ?? null,
    from: item.from ?? null,
    to: item.to ?? null,
    fromText: textAt(item, 'fromString'),
    toText: textAt(item, 'toString'),
  }));

function textAt(item: object, key: string): string | null {
  const value: unknown = Reflect.get(item, key);
  return typeof value === 'string' ? value : null;
}

/** See {@link changeItem}. */
export type ChangeItem = z.output<typeof changeItem>;

/** One entry of a changelog. `created` is text on issues; in bulk also epoch seconds or milliseconds. */
export const changeEntry = z.object({
  id,
  author: user.nullish(),
  created: z.union([z.string(), z.number()]),
  items: z.array(changeItem),
});

/** See {@link changeEntry}. */
export type ChangeEntry = z.output<typeof changeEntry>;

/** The changelog that an issue was expanded with. Cloud cuts it off at the newest hundred. */
export const changelog = z.object({ histories: z.array(changeEntry), total: z.number().int().nullish() });

/** A page of the changelogs of many issues; one issue's may go on on the next page. */
export const bulkChangelogs = z.object({
  issueChangeLogs: z.array(z.object({ issueId: id, changeHistories: z.array(changeEntry) })),
  nextPageToken: z.string().nullish(),
});

/** A page of one issue's changelog, oldest first. */
export const changelogPage = z.object({ values: z.array(changeEntry), total: z.number().int(), isLast: z.boolean().nullish() });

const linked = z.object({ key: z.string(), fields: z.object({ status: jiraStatus }).nullish() });

/** What an issue was closed as. */
export const resolution = z.object({ id: id.optional(), name: z.string() });

/** See {@link resolution}. */
export type Resolution = z.output<typeof resolution>;

/** The fields we ask for. Jira leaves out what is switched off or hidden by the field configuration. */
const fields = z.looseObject({
  summary: z.string().nullish(),
  status: jiraStatus,
  issuetype: z.object({ id, name: z.string() }),
  project: z.object({ id, key: z.string() }),
  created: time,
  updated: time,
  creator: user.nullish(),
  reporter: user.nullish(),
  assignee: user.nullish(),
  labels: z.array(z.string()).nullish(),
  priority: z.object({ name: z.string() }).nullish(),
  resolution: resolution.nullish(),
  fixVersions: z.array(version).nullish(),
  votes: z.object({ votes: z.number().int() }).nullish(),
  comment: commentPage.nullish(),
  security: z.unknown().optional(),
  issuerestriction: z.object({ issuerestrictions: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  subtasks: z.array(linked).nullish(),
  issuelinks: z
    .array(z.object({ type: z.object({ name: z.string(), outward: z.string().nullish() }), outwardIssue: linked.nullish() }))
    .nullish(),
});

/** A transition that is offered on an issue, with the fields of its screen where they were asked for. */
export const transition = z.object({
  id,
  name: z.string(),
  to: jiraStatus,
  isAvailable: z.boolean().nullish(),
  fields: z
    .record(
      z.string(),
      z.object({
        name: z.string().nullish(),
        required: z.boolean().nullish(),
        hasDefaultValue: z.boolean().nullish(),
        allowedValues: z.array(z.unknown()).nullish(),
      }),
    )
    .nullish(),
});

/** See {@link transition}. */
export type Transition = z.output<typeof transition>;

/** The transitions that are offered on an issue, to us, in its present status. */
export const transitions = z.object({ transitions: z.array(transition) });

/** An issue as far as we read it. */
export const issue = z.object({
  id,
  key: z.string(),
  fields,
  properties: z.record(z.string(), z.unknown()).nullish(),
  changelog: changelog.nullish(),
  transitions: z.array(transition).nullish(),
});

/** See {@link issue}. */
export type JiraIssue = z.output<typeof issue>;

/** What an answer holds; throws `unexpected` when it is not of the documented shape. */
export function understand<Output>(schema: z.ZodType<Output>, { body }: Pick<Envelope, 'body'>, what: string): Output {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join('.') || 'the whole of it';
  throw new TrackerError('unexpected', `Jira's answer about ${what} is not understood: ${where}: ${issue?.message ?? '?'}`);
}
