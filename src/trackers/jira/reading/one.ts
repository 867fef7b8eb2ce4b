import { TrackerError } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import type { Call } from '../../tracker.js';
import { PROPERTY } from '../closing/marks.js';
import { isIssueKey } from '../key.js';
import { issue, type JiraIssue, understand } from '../transport/answers.js';
import { type Changelog, wholeChangelog } from './changelogs.js';
import { readComments } from './comments.js';
import { configuredProjects } from './configured.js';
import { wantedFields } from './fields.js';
import { mapIssues, type Reading } from './list.js';
import { withHistory } from './with-history.js';

/** An issue as Jira has it at this moment, and the bug it is. */
export interface Found {
  readonly issue: JiraIssue;
  readonly bug: Bug;
  readonly changelog: Changelog;
}

/**
 * Reads an issue by key or id with its whole history. Throws `not-found` for one that we may not see, and `gone` for one that has
 * been moved to another project: Jira answers for its old key with the new issue.
 */
export async function readIssue(idOrKey: string, expand: string, reading: Reading, call: Call): Promise<Found> {
  const { facts, marks } = reading;
  const { api, flavour, self } = await facts.session(call);
  const fields = wantedFields(flavour, await facts.further(call)).join(',');
  const answer = await api.read({ path: `/issue/${idOrKey}`, query: { fields, expand, properties: PROPERTY } }, call);
  const found = understand(issue, answer, idOrKey);
  if (isIssueKey(idOrKey) && found.key.toUpperCase() !== idOrKey.toUpperCase()) throw moved(idOrKey, found.key);
  const project = await facts.project(found.fields.project.key, call);
  await requireOurs(found, reading, call);
  marks.keep(found.id, found.properties);
  const [bug] = await mapIssues([found], new Map([[project.id, project]]), reading, call);
  if (!bug) throw new TrackerError('unexpected', `${found.key} is in a project that Jira tells nothing about.`);
  const { comments, complete } = await allComments(found, reading, call);
  const changelog = await wholeChangelog(found, api, call);
  const context = { statuses: await facts.statuses(call), self: self.id, further: await facts.further(call) };
  return { issue: found, changelog, bug: withHistory(bug, { comments, complete }, changelog, marks.of(found.id), context) };
}

/** A report may be older than the settings. Only where no key is the project's own can it be one that the project had before. */
async function requireOurs(
  { key, fields: { project } }: JiraIssue,
  { settings, facts, env }: Reading,
  call: Call,
): Promise<void> {
  if (settings.projects.some((ours) => ours.toUpperCase() === project.key.toUpperCase())) return;
  if ((await configuredProjects(settings, facts, call)).has(project.id)) return;
  throw new TrackerError('not-found', `${key} is in no project of the tracker ${env.name}.`);
}

/** Issues come with their comments, but with no more than some of them on Cloud. */
async function allComments(
  { id, fields: { comment } }: JiraIssue,
  { facts }: Reading,
  call: Call,
): ReturnType<typeof readComments> {
  const { comments = [], total } = comment ?? {};
  if (comment && (total ?? 0) <= comments.length) return { comments, complete: true };
  const { api } = await facts.session(call);
  return readComments(id, api, call);
}

/** Throws `not-found` for what cannot be an issue's key: only keys may stand in a path. */
export function checkedKey(ref: string): string {
  if (isIssueKey(ref)) return ref;
  throw new TrackerError('not-found', `${ref.slice(0, 80)} is not the key of a Jira issue.`, { hint: 'Keys look like ERP-12.' });
}

function moved(from: string, to: string): TrackerError {
  return new TrackerError('gone', `${from} has been moved: it is ${to} now.`, { hint: `Look at ${to} instead.` });
}
