import { type Answer, notFound, refuse } from './json.js';
import type { Issue, Repository } from './records.js';
import type { FakeRequest } from './request.js';
import { may, permissionIn, type Session } from './session.js';
import { permanentUrl } from './urls.js';

/** A REST request below a repository that the viewer can see. */
export interface RepositoryCall {
  readonly session: Session;
  readonly request: FakeRequest;
  readonly repository: Repository;
}

/** An issue, or why there is none to be had. */
export type IssueOrAnswer = { readonly issue: Issue } | { readonly answer: Answer };

/** The issue of that number. `below` is what the path says after it, for the redirect to where the issue was transferred. */
export function findIssue({ session, request, repository }: RepositoryCall, number: string, below = ''): IssueOrAnswer {
  const issue = repository.issues.get(Number(number));
  if (!issue) return { answer: notFound };
  if (issue.gone === 'deleted') return { answer: refuse(410, 'This issue was deleted') };
  if (issue.gone) {
    const { transferredTo } = issue.gone;
    if (permissionIn(session, transferredTo.repository) === null) return { answer: notFound };
    return {
      answer: redirect(request, `${permanentUrl(session, transferredTo.repository)}/issues/${transferredTo.number}${below}`),
    };
  }
  if (!repository.issuesEnabled && !issue.pullRequest) return { answer: refuse(410, 'Issues are disabled for this repo') };
  return { issue };
}

/** Reads are redirected with 301, writes with 307 so that they stay writes. */
export function redirect(request: FakeRequest, url: string): Answer {
  const query = request.query.size > 0 ? `?${request.query}` : '';
  return { ...refuse(request.write ? 307 : 301, 'Moved Permanently', { url: url + query }), headers: { location: url + query } };
}

/** Why nothing at all can be written here; undefined when it can. */
export function refuseToWrite({ session, repository }: RepositoryCall, allowed: boolean): Answer | undefined {
  if (!allowed) return forbidden(session, repository);
  if (repository.archived) return refuse(403, 'Repository was archived so is read-only.');
  return undefined;
}

function forbidden({ viewer }: Session, repository: Repository): Answer {
  if (repository.private) return notFound;
  return refuse(403, `Resource not accessible by ${viewer?.type === 'Bot' ? 'integration' : 'personal access token'}`);
}

/** The rows of one numbered page, with the links to the others. */
export function page<Row>(
  { session, request, repository }: RepositoryCall,
  rows: readonly Row[],
  below: string,
): { rows: readonly Row[]; headers: Record<string, string> } {
  const size = Math.min(Number(request.query.get('per_page') ?? 30) || 30, 100, session.pageSize);
  const number = Number(request.query.get('page') ?? 1) || 1;
  const last = Math.max(Math.ceil(rows.length / size), 1);
  const to = (target: number) =>
    nextLink(`${permanentUrl(session, repository)}${below}`, request.query, { page: String(target) });
  const links = number < last ? [`<${to(number + 1)}>; rel="next"`, `<${to(last)}>; rel="last"`] : [];
  return { rows: rows.slice((number - 1) * size, number * size), headers: links.length > 0 ? { link: links.join(', ') } : {} };
}

/** The same list from another place on. */
export function nextLink(url: string, query: URLSearchParams, change: Readonly<Record<string, string>>): string {
  return `${url}?${new URLSearchParams({ ...Object.fromEntries(query), ...change })}`;
}

/** Labels, milestone, type and assignees: without the triage role, they are dropped silently. */
export function mayTriage({ session, repository }: RepositoryCall): boolean {
  return may(session, repository, 'TRIAGE');
}
