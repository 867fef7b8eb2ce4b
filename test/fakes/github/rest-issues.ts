import { findIssue, mayTriage, nextLink, page, type RepositoryCall, refuseToWrite } from './call.js';
import { listIssues } from './issue-list.js';
import { issueRow } from './issue-row.js';
import { type Answer, invalid, isRecord, refuse } from './json.js';
import { CLOSE_REASONS, type Issue } from './records.js';
import { labelRow, milestoneRow } from './rest-rows.js';
import { mayEdit } from './session.js';
import { permanentUrl } from './urls.js';

const SERVED = [
  'state',
  'labels',
  'type',
  'milestone',
  'sort',
  'direction',
  'since',
  'assignee',
  'creator',
  'per_page',
  'page',
  'after',
];

export function getIssues({ session, request, repository }: RepositoryCall): Answer {
  for (const name of request.query.keys()) if (!SERVED.includes(name)) session.violation(`the stand-in does not serve ?${name}=`);
  const list = listIssues(repository, request.query, session.pageSize, session.cursors);
  if ('status' in list) return list;
  const next = list.next && nextLink(`${permanentUrl(session, repository)}/issues`, request.query, list.next);
  const headers = next === undefined ? {} : { link: `<${next}>; rel="next"` };
  return { status: 200, headers, body: list.issues.map((issue) => issueRow(session, issue)) };
}

export function getIssue(call: RepositoryCall, number = ''): Answer {
  const found = findIssue(call, number);
  return 'answer' in found ? found.answer : { status: 200, body: issueRow(call.session, found.issue) };
}

export function getMilestones(call: RepositoryCall): Answer {
  const { session, request, repository } = call;
  const state = request.query.get('state') ?? 'open';
  const wanted = repository.milestones.filter((milestone) => state === 'all' || milestone.state === state);
  const { rows, headers } = page(call, wanted, '/milestones');
  return { status: 200, headers, body: rows.map((milestone) => milestoneRow(session, repository, milestone)) };
}

/** Changes what the body names and nothing else; `state_reason` counts only together with a change of state. */
export function patchIssue(call: RepositoryCall, number = ''): Answer {
  const found = findIssue(call, number);
  if ('answer' in found) return found.answer;
  const { issue } = found;
  const refusal = refuseToWrite(call, mayEdit(call.session, issue));
  if (refusal) return refusal;
  const { body } = call.request;
  if (!isRecord(body)) return refuse(400, 'Problems parsing JSON');
  const problem = problemWith(issue, body);
  if (problem) return problem;

  const { store, viewer, now } = call.session;
  const how = { by: viewer, at: now() };
  if (typeof body.title === 'string') store.rename(issue, body.title, how);
  if (typeof body.body === 'string' && body.body !== issue.body) {
    issue.body = body.body;
    issue.updatedAt = how.at;
  }
  if (mayTriage(call)) triage(call, issue, body);
  const reason = CLOSE_REASONS.find((one) => one === body.state_reason) ?? 'completed';
  if (body.state === 'closed') store.close(issue, { ...how, reason: issue.repository.knowsStateReason ? reason : null });
  if (body.state === 'open') store.reopen(issue, how);
  return { status: 200, body: issueRow(call.session, issue) };
}

function problemWith(issue: Issue, body: Readonly<Record<string, unknown>>): Answer | undefined {
  const { state, state_reason: reason, milestone } = body;
  if (state !== undefined && state !== 'open' && state !== 'closed')
    return invalid({ resource: 'Issue', field: 'state', code: 'invalid' });
  const reasons: readonly unknown[] = [...CLOSE_REASONS, 'reopened', null, undefined];
  if (!reasons.includes(reason)) return invalid({ resource: 'Issue', field: 'state_reason', code: 'invalid' });
  if (body.title === '') return invalid({ resource: 'Issue', field: 'title', code: 'missing_field' });
  const exists =
    milestone === undefined || milestone === null || issue.repository.milestones.some((one) => one.number === Number(milestone));
  return exists ? undefined : invalid({ resource: 'Issue', field: 'milestone', code: 'invalid', value: String(milestone) });
}

/** The fields that only those who may triage can set. */
function triage(
  { session: { store, viewer, now } }: RepositoryCall,
  issue: Issue,
  body: Readonly<Record<string, unknown>>,
): void {
  const how = { by: viewer, at: now() };
  const { labels, milestone, assignees, type } = body;
  if (Array.isArray(labels)) {
    const wanted = namesIn(labels, 'name');
    for (const { name } of issue.labels)
      if (!wanted.some((one) => one.toLowerCase() === name.toLowerCase())) store.unlabel(issue, name, how);
    for (const name of wanted) store.label(issue, name, how);
  }
  if (Array.isArray(assignees)) {
    const wanted = namesIn(assignees, 'login');
    for (const account of issue.assignees) if (!wanted.includes(account.login)) store.unassign(issue, account, how);
    for (const login of wanted) store.assign(issue, login, how);
  }
  if (milestone !== undefined) {
    store.milestone(issue, issue.repository.milestones.find(({ number }) => number === Number(milestone)) ?? null, how);
  }
  if (typeof type === 'string' || type === null) {
    issue.type = type;
    issue.updatedAt = how.at;
  }
}

/** Names, or objects with names; what is only suggested is not applied. */
function namesIn(values: readonly unknown[], key: string): string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return value;
    const name = isRecord(value) && value.suggest !== true ? value[key] : undefined;
    return typeof name === 'string' ? name : [];
  });
}

/** Adds to the labels that are there. */
export function addLabels(call: RepositoryCall, number = ''): Answer {
  const found = findIssue(call, number, '/labels');
  if ('answer' in found) return found.answer;
  const refusal = refuseToWrite(call, true);
  if (refusal) return refusal;
  const { body } = call.request;
  const given = isRecord(body) ? body.labels : body;
  if (!Array.isArray(given)) return invalid({ resource: 'Label', field: 'labels', code: 'missing_field' });
  const { store, viewer, now } = call.session;
  if (mayTriage(call)) for (const name of namesIn(given, 'name')) store.label(found.issue, name, { by: viewer, at: now() });
  return labelsOf(call, found.issue);
}

export function removeLabel(call: RepositoryCall, number = '', name = ''): Answer {
  const found = findIssue(call, number, `/labels/${encodeURIComponent(name)}`);
  if ('answer' in found) return found.answer;
  const refusal = refuseToWrite(call, mayTriage(call));
  if (refusal) return refusal;
  const { issue } = found;
  if (!issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) return refuse(404, 'Label does not exist');
  const { store, viewer, now } = call.session;
  store.unlabel(issue, name, { by: viewer, at: now() });
  return labelsOf(call, issue);
}

function labelsOf({ session }: RepositoryCall, issue: Issue): Answer {
  return { status: 200, body: issue.labels.map((label) => labelRow(session, issue, label)) };
}
