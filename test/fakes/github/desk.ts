import { type Answer, refuse } from './json.js';
import type { GithubFakeOptions } from './options.js';
import type { Account } from './records.js';
import type { FakeRequest } from './request.js';
import type { Rate, Session } from './session.js';

/** The version that rows are written in. */
const API_VERSION = '2022-11-28';

/** Looks at the credentials and counts the requests: the way into both APIs. */
export interface Desk {
  /** A session, or the refusal: 401 for a wrong token, 403 without a User-Agent or with no requests left. */
  admit(request: FakeRequest): Session | Answer;
  /** The `x-ratelimit-…` headers; none from an Enterprise Server, where limits are off by default. */
  headers(request: FakeRequest): Record<string, string>;
}

export function newDesk(options: GithubFakeOptions, root: string, violation: (text: string) => void): Desk {
  const { store, token = 'test-token', enterprise = false, permission = 'WRITE' } = options;
  const { pageSize = 100, cursors = true, lacks = [] } = options;
  const now = options.now ?? store.now;
  const seconds = () => Math.floor(Date.parse(now()) / 1000);
  const rate = (limit: number): Rate => ({ limit, used: 0, reset: seconds() + 3600 });
  const rates = { core: rate(5000), graphql: rate(5000) };
  const anonymous = { core: rate(60), graphql: rate(0) };
  const viewer = viewerOf(options);
  const place = enterprise ? { api: `${root}/api/v3`, web: root } : { api: root, web: 'https://github.com' };

  const isAuthorized = ({ headers }: FakeRequest) => /^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? '')?.[1] === token;
  const rateOf = (request: FakeRequest) =>
    (isAuthorized(request) ? rates : anonymous)[request.kind === 'graphql' ? 'graphql' : 'core'];

  return {
    admit(request) {
      if (!request.headers['user-agent']) return { status: 403, body: 'Request forbidden by administrative rules.' };
      const version = request.headers['x-github-api-version'] ?? API_VERSION;
      if (version !== API_VERSION) violation(`the stand-in answers as of ${API_VERSION}, not of ${version}`);
      const authorized = isAuthorized(request);
      if (!authorized && request.headers.authorization !== undefined) return refuse(401, 'Bad credentials');
      const session = { store, now, permission, pageSize, cursors, enterprise, lacks, ...place, violation };
      const admitted = { ...session, viewer: authorized ? viewer : null, rates: authorized ? rates : anonymous };
      return spend(admitted, request, rateOf(request), seconds()) ?? admitted;
    },
    headers(request) {
      if (enterprise) return {};
      const { limit, used, reset } = rateOf(request);
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(limit - used, 0)),
        'x-ratelimit-used': String(used),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-resource': request.kind === 'graphql' ? 'graphql' : 'core',
      };
    },
  };
}

function viewerOf({ store, viewer = { login: 'octocat', type: 'User' } }: GithubFakeOptions): Account {
  const { login, type } = viewer;
  return store.account({ login: type === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login, type });
}

/** Counts a request; the answer when none are left. An anonymous GraphQL request is refused for another reason. */
function spend({ enterprise, viewer }: Session, request: FakeRequest, rate: Rate, now: number): Answer | undefined {
  if (enterprise || request.path === '/rate_limit' || (!viewer && request.kind === 'graphql')) return undefined;
  if (now >= rate.reset) Object.assign(rate, { used: 0, reset: now + 3600 });
  if (rate.used < rate.limit) {
    rate.used++;
    return undefined;
  }
  const message = `API rate limit exceeded for ${viewer ? `user ID ${viewer.id}.` : '127.0.0.1.'}`;
  return request.kind === 'graphql'
    ? { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } }
    : refuse(403, message);
}
