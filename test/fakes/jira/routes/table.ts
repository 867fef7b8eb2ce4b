import type { Answer } from '../request.js';
import type { JiraFlavour, Session } from '../session.js';
import { bulkChangelog, changelog } from './changelog.js';
import { deleteComment, getComment, listComments, postComment, putComment } from './comments.js';
import { getIssue, putIssue } from './issues.js';
import * as projects from './projects.js';
import { deleteProperty, getProperty, listProperties, putProperty } from './properties.js';
import { approximateCount, removedSearch, searchByOffset, searchByToken } from './search.js';
import * as site from './site.js';
import { listTransitions, postTransition } from './transitions.js';

type Handler = (session: Session, first: string, second: string) => Answer;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
  readonly only: JiraFlavour | undefined;
}

function route(method: string, path: string, handler: Handler, only?: JiraFlavour): Route {
  return { method, pattern: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`), handler, only };
}

/** Every endpoint of the stand-in, below `/rest/api/N`. */
const ROUTES: readonly Route[] = [
  route('GET', '/serverInfo', site.serverInfo),
  route('GET', '/myself', site.myself),
  route('GET', '/mypermissions', site.myPermissions),
  route('GET', '/status', site.statuses),
  route('GET', '/statuscategory', site.statusCategories),
  route('GET', '/resolution', site.resolutions),
  route('GET', '/priority', site.priorities),
  route('GET', '/issuetype', site.issueTypes),
  route('GET', '/field', site.fields),
  route('GET', '/project/*', projects.project),
  route('GET', '/project/*/versions', projects.versions),
  route('GET', '/project/*/version', projects.versionPage),
  route('GET', '/project/*/statuses', projects.statuses),
  route('GET', '/project/*/features', projects.features, 'cloud'),
  route('GET', '/search/jql', searchByToken, 'cloud'),
  route('POST', '/search/jql', searchByToken, 'cloud'),
  route('POST', '/search/approximate-count', approximateCount, 'cloud'),
  route('GET', '/search', removedSearch, 'cloud'),
  route('POST', '/search', removedSearch, 'cloud'),
  route('GET', '/search', searchByOffset, 'datacenter'),
  route('POST', '/search', searchByOffset, 'datacenter'),
  route('POST', '/changelog/bulkfetch', bulkChangelog, 'cloud'),
  route('GET', '/issue/*/changelog', changelog, 'cloud'),
  route('GET', '/issue/*', getIssue),
  route('PUT', '/issue/*', putIssue),
  route('GET', '/issue/*/comment', listComments),
  route('POST', '/issue/*/comment', postComment),
  route('GET', '/issue/*/comment/*', getComment),
  route('PUT', '/issue/*/comment/*', putComment),
  route('DELETE', '/issue/*/comment/*', deleteComment),
  route('GET', '/issue/*/transitions', listTransitions),
  route('POST', '/issue/*/transitions', postTransition),
  route('GET', '/issue/*/properties', listProperties),
  route('GET', '/issue/*/properties/*', getProperty),
  route('PUT', '/issue/*/properties/*', putProperty),
  route('DELETE', '/issue/*/properties/*', deleteProperty),
];

/** The version of the API that a path asks for, and the rest of the path; null for paths outside the API. */
export function apiPath(flavour: JiraFlavour, path: string): { version: 2 | 3; rest: string } | null {
  const match = /^\/rest\/api\/(2|3|latest)(\/.*)$/.exec(path);
  if (!match?.[1] || !match[2]) return null;
  if (flavour === 'datacenter' && match[1] === '3') return null;
  return { version: match[1] === '3' ? 3 : 2, rest: match[2] };
}

/** Answers a request; what does not exist on this flavour is answered as Jira answers unknown paths. */
export function answerApi(session: Session, rest: string): Answer {
  for (const { method, pattern, handler, only } of ROUTES) {
    const match = pattern.exec(rest);
    if (!match || method !== session.request.method || (only && only !== session.flavour)) continue;
    const [first = '', second = ''] = match.slice(1).map(decodeURIComponent);
    return handler(session, first, second);
  }
  return noSuchPath(session.site + session.request.path);
}

export function noSuchPath(uri: string): Answer {
  return { status: 404, body: { message: `null for uri: ${uri}`, 'status-code': 404 } };
}
