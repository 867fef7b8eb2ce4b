import { type RepositoryCall, redirect } from './call.js';
import { type Answer, notFound, refuse } from './json.js';
import { repositoryRow } from './repository-row.js';
import type { FakeRequest } from './request.js';
import { addComment, editComment, getComment, listComments } from './rest-comments.js';
import { addLabels, getIssue, getIssues, getMilestones, patchIssue, removeLabel } from './rest-issues.js';
import { getIssueTypes } from './rest-organizations.js';
import { userRow } from './rest-rows.js';
import { findRepository, permissionIn, type Rate, type Session } from './session.js';
import { permanentUrl } from './urls.js';

type Handler = (call: RepositoryCall, ...parameters: string[]) => Answer;

/** What is served below a repository; the groups of a pattern are the handler's parameters. */
const ROUTES: readonly (readonly [method: string, pattern: RegExp, handler: Handler])[] = [
  ['GET', /^$/, ({ session, repository }) => ({ status: 200, body: repositoryRow(session, repository) })],
  ['GET', /^\/issues$/, getIssues],
  ['GET', /^\/issues\/(\d+)$/, getIssue],
  ['PATCH', /^\/issues\/(\d+)$/, patchIssue],
  ['GET', /^\/issues\/(\d+)\/comments$/, listComments],
  ['POST', /^\/issues\/(\d+)\/comments$/, addComment],
  ['GET', /^\/issues\/comments\/(\d+)$/, getComment],
  ['PATCH', /^\/issues\/comments\/(\d+)$/, editComment],
  ['POST', /^\/issues\/(\d+)\/labels$/, addLabels],
  ['DELETE', /^\/issues\/(\d+)\/labels\/([^/]+)$/, removeLabel],
  ['GET', /^\/milestones$/, getMilestones],
];

const GLOBAL: Readonly<Record<string, (session: Session) => Answer>> = {
  'GET /user': getUser,
  'GET /meta': getMeta,
  'GET /rate_limit': getRateLimit,
};

/** GitHub's REST API, as far as bugprune uses it; whatever else is asked for is a 404 and a violation. */
export function answerRest(session: Session, request: FakeRequest): Answer {
  if (!session.viewer && request.write) return refuse(401, 'Requires authentication');
  const global = GLOBAL[`${request.method} ${request.path}`];
  if (global) return global(session);
  const [, organization] = /^\/orgs\/([^/]+)\/issue-types$/.exec(request.path) ?? [];
  if (organization && request.method === 'GET') return getIssueTypes(session, organization);
  return answerForRepository(session, request);
}

function answerForRepository(session: Session, request: FakeRequest): Answer {
  const [, name, id, below = ''] = /^\/(?:repos\/([^/]+\/[^/]+)|repositories\/(\d+))(\/.*)?$/.exec(request.path) ?? [];
  const route = name || id ? ROUTES.find(([method, pattern]) => method === request.method && pattern.test(below)) : undefined;
  if (!route) {
    session.violation(`${request.method} ${request.path} is not served by the stand-in`);
    return notFound;
  }
  const found = name ? findRepository(session, name) : withId(session, Number(id));
  if (!found) return notFound;
  const { repository, moved } = found;
  if (moved) return redirect(request, permanentUrl(session, repository) + below);
  const parameters = (route[1].exec(below) ?? []).slice(1).map(decodeURIComponent);
  return route[2]({ session, request, repository }, ...parameters);
}

function withId(session: Session, id: number): ReturnType<typeof findRepository> {
  const repository = [...session.store.repositories.values()].find((one) => one.id === id && one.renamedTo === undefined);
  return repository && permissionIn(session, repository) !== null ? { repository, moved: false } : undefined;
}

function getUser(session: Session): Answer {
  if (!session.viewer) return refuse(401, 'Requires authentication');
  if (session.viewer.type === 'Bot') return refuse(403, 'Resource not accessible by integration');
  const unknown = { name: null, company: null, blog: '', location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0, private_gists: 0, total_private_repos: 0 };
  const own = { owned_private_repos: 0, disk_usage: 0, collaborators: 0, two_factor_authentication: true };
  const times = { created_at: '2011-01-25T18:44:36Z', updated_at: '2026-01-01T00:00:00Z' };
  return {
    status: 200,
    body: { ...userRow(session, session.viewer), user_view_type: 'private', ...unknown, ...counts, ...own, ...times },
  };
}

function getMeta({ enterprise }: Session): Answer {
  return { status: 200, body: { verifiable_password_authentication: true, ...(enterprise && { installed_version: '3.17.0' }) } };
}

function getRateLimit({ enterprise, rates }: Session): Answer {
  if (enterprise) return refuse(404, 'Rate limiting is not enabled.');
  const row = ({ limit, used, reset }: Rate) => ({ limit, used, remaining: limit - used, reset });
  const search = row({ limit: 30, used: 0, reset: rates.core.reset });
  const core = row(rates.core);
  return { status: 200, body: { resources: { core, graphql: row(rates.graphql), search }, rate: core } };
}
