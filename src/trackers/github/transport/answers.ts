import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { toInstant } from '../../../model/instant.js';

const time = z.string().refine((text) => toInstant(text) !== null, { error: 'expected a point in time' });

const user = z.object({ login: z.string(), type: z.string().optional() });

const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const fieldValue = z.object({
  issue_field_name: z.string().nullish(),
  value: z.union([z.string(), z.number(), z.array(z.unknown())]).nullish(),
  single_select_option: z.object({ name: z.string() }).nullish(),
});

/**
 * An issue as REST answers it, as far as we read it. What older servers do not know is optional. What keeps a bug open is not: an answer
 * that lost its milestone or the name of a label on the way is no answer.
 * Source: GitHub's OpenAPI description, schema `issue`.
 */
export const restIssue = z.object({
  node_id: z.string().min(1),
  number: z.number().int(),
  html_url: z.string(),
  repository_url: z.string(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  state_reason: z.string().nullish(),
  closed_at: time.nullish(),
  closed_by: user.nullish(),
  locked: z.boolean().optional(),
  user: user.nullish(),
  labels: z.array(label),
  assignees: z.array(user).nullish(),
  milestone: z.object({ title: z.string(), state: z.string() }).nullable(),
  comments: z.number().int(),
  created_at: time,
  updated_at: time,
  type: z.object({ name: z.string() }).nullish(),
  reactions: z.object({ '+1': z.number().int().optional() }).nullish(),
  sub_issues_summary: z.object({ total: z.number(), completed: z.number() }).nullish(),
  issue_dependencies_summary: z.object({ blocking: z.number() }).nullish(),
  issue_field_values: z.array(fieldValue).nullish(),
  pull_request: z.unknown().optional(),
});

/** See {@link restIssue}. */
export type RestIssue = z.output<typeof restIssue>;

/** One page of the list of a repository's issues; pull requests are among them. */
export const restIssues = z.array(restIssue);

/** A comment. Its id may be too large for a number, so it is kept as text. */
export const restComment = z.object({
  id: z.union([z.number(), z.bigint()]).transform(String),
  html_url: z.string(),
  body: z.string().nullish(),
  user: user.nullish(),
  created_at: time,
});

/** See {@link restComment}. */
export type RestComment = z.output<typeof restComment>;

/** One page of the comments of an issue, oldest first. */
export const restComments = z.array(restComment);

/** The labels of an issue. */
export const restLabels = z.array(label);

/** What an answer holds; throws `unexpected` when it is not of the documented shape. `ambiguousWrite`: it answers a write. */
export function understand<Output>(schema: z.ZodType<Output>, data: unknown, what: string, ambiguousWrite = false): Output {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join('.') || 'the whole of it';
  throw new TrackerError('unexpected', `GitHub's answer about ${what} is not understood: ${where}: ${issue?.message ?? '?'}`, {
    ambiguousWrite,
  });
}
