import type { RecognizeContext, Recognized } from '../tracker.js';
import { PROJECT_KEY } from './key.js';
import { normalizeSite } from './site.js';

/** `jira:acme/ERP`, `jira:jira.example.com/jira/ERP-12`. */
const SHORT = new RegExp(`^jira:(?:https://)?([\\w.-]+(?::\\d+)?(?:/[\\w.~-]+)*)/(${PROJECT_KEY})(-[1-9]\\d*)?/?$`, 'i');

/** What browsers show of an address on Cloud. */
const SHOWN = /^[\w-]+\.atlassian\.net\//i;

/** Two characters at least: what is shorter on a host that may be anything is rather something else. */
const KEY = '([A-Z][A-Z0-9_]+)(-[1-9]\\d*)?';

/** Paths of Cloud's own pages, which are no context path: `/jira/software/c/projects/ERP/boards/3`. */
const CLOUD_PAGE = new RegExp(`^/jira/[a-z-]+/(?:c/)?projects/${KEY}(?:/|$)`);

/** `/browse/ERP-12`, `/projects/ERP/issues/ERP-12`, behind any context path. */
const PAGE = new RegExp(`^((?:/[\\w.~-]+)*?)/(?:browse|projects)/${KEY}(?:/|$)`);

const ISSUE_IN_PATH = /\/(?:issues|browse)\/([A-Z][A-Z0-9_]+-[1-9]\d*)(?:\/|$)/;
const ISSUE_KEY = /^[A-Z][A-Z0-9_]+-[1-9]\d*$/;

/** Hosts of forges, where `projects` and `browse` are the names of people and repositories. */
const FORGES = /(^|[.-])(github|ghe|gitlab|bitbucket|gitea|codeberg)([.-]|$)/;

/**
 * Understands what a person pasted: the URL of an issue, a project or a board, or `jira:acme/ERP`. Pure. Null for everything
 * else, and for what may be a page of GitHub.
 */
export function recognizeJira(text: string, context: RecognizeContext): Recognized | null {
  const [, place = '', project = '', number = ''] = SHORT.exec(text.trim()) ?? [];
  if (project) return found(siteOf(place), project.toUpperCase(), number && project.toUpperCase() + number);
  const address = SHOWN.test(text.trim()) ? `https://${text.trim()}` : text.trim();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  return fromUrl(new URL(address), context);
}

function fromUrl(url: URL, context: RecognizeContext): Recognized | null {
  if (isForge(url, context)) return null;
  const [, cloudProject] = CLOUD_PAGE.exec(url.pathname) ?? [];
  const [, base = '', project, number] = PAGE.exec(url.pathname) ?? [];
  const selected = url.searchParams.get('selectedIssue') ?? '';
  const issue = ISSUE_IN_PATH.exec(url.pathname)?.[1] ?? (ISSUE_KEY.test(selected) ? selected : '');
  if (cloudProject) return found(url.origin, cloudProject, issue);
  if (!project) return null;
  return found(url.origin + base, project, number ? project + number : issue);
}

/** A bare name is a site on Cloud: `acme` is `https://acme.atlassian.net`. */
function siteOf(place: string): string {
  if (/^(localhost|127\.)/.test(place)) return `http://${place}`;
  return /[.:/]/.test(place) ? `https://${place}` : `https://${place}.atlassian.net`;
}

function found(site: string, project: string, ref: string): Recognized {
  const recognized = { name: project, settings: { type: 'jira', url: normalizeSite(site) ?? site, projects: [project] } };
  return ref ? { ...recognized, ref } : recognized;
}

function isForge({ hostname, origin }: URL, { variables }: RecognizeContext): boolean {
  const own = [variables.GITHUB_SERVER_URL, variables.GITHUB_API_URL];
  const isOwn = own.some((url) => url !== undefined && URL.canParse(url) && new URL(url).origin === origin);
  return isOwn || FORGES.test(hostname);
}
