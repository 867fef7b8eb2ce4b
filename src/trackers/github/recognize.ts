import { isLoopback } from '../../model/loopback.js';
import type { RecognizeContext, Recognized } from '../tracker.js';
import { apiOfHost, GITHUB_API } from './address.js';
import { formatRef, OWNER, REPOSITORY } from './ref.js';

type Variables = RecognizeContext['variables'];

const SHORT = new RegExp(`^(github:)?(${OWNER})(?:/(${REPOSITORY})(?:#([1-9]\\d*))?)?$`);
/** What browsers show of an address. Other hosts have to be named whole: anything with a dot may be the name of a file. */
const SHOWN = /^(?:www\.)?github\.com\//i;
const SCP = /^(?:[\w.-]+@)([\w.-]+):(?!\/\/)(.+)$/;
const IS_OWNER = new RegExp(`^${OWNER}$`);
const IS_REPOSITORY = new RegExp(`^${REPOSITORY}$`);

/** Pages of github.com that stand where an owner would. */
const PAGES = new Set(
  'about account apps codespaces collections contact copilot customer-stories dashboard enterprise explore features gist issues join login logout marketplace new notifications organizations pricing projects pulls search security sessions settings site sponsors stars team topics trending users'.split(
    ' ',
  ),
);

/** Paths on other hosts that belong to Jira. */
const JIRA_PATHS = new Set([
  'browse',
  'jira',
  'projects',
  'secure',
  'rest',
  'plugins',
  'issues',
  'software',
  'wiki',
  'servicedesk',
]);

/** Hosts of other forges, by a word in their name. */
const OTHER_FORGES =
  /gitlab|bitbucket|codeberg|gitea|forgejo|gitee|sourceforge|azure\.com|visualstudio\.com|sr\.ht|atlassian|gist\./;

/**
 * Understands what a person pasted: the URL of a repository, an issue or an organization, the address of a git remote,
 * `github:acme/app`, `github:acme`, `acme/app` and `acme/app#12`. Pure. Null for everything else, pull requests included.
 */
export function recognizeGithub(text: string, context: RecognizeContext): Recognized | null {
  const address = webAddress(SHOWN.test(text) && !context.isFile(text) ? `https://${text}` : text);
  if (address) return fromUrl(address, context.variables);
  const [, prefix, owner = '', repo, number] = SHORT.exec(text) ?? [];
  if (!owner || (!prefix && !repo)) return null;
  if (!prefix && (context.isFile(text) || /\.(nd)?jsonl?(\.gz)?$/.test(text))) return null;
  return repo ? repository({}, owner, withoutGit(repo), number) : organization({}, owner);
}

/** The web address behind a URL or a git remote, without user name and password; null when the text is neither. */
function webAddress(text: string): URL | null {
  const [, host, path] = SCP.exec(text) ?? [];
  const url = host ? `https://${host}/${path}` : text.replace(/^git\+/, '');
  if (!/^(https?|ssh|git):\/\//i.test(url) || !URL.canParse(url)) return null;
  const { protocol, hostname, host: withPort, pathname } = new URL(url);
  // The port of an ssh address says nothing about the web server.
  const web = /^https?:$/.test(protocol) ? `${protocol}//${withPort}` : `https://${hostname}`;
  const address = web.replace(/\/\/(www|ssh)\.github\.com(:443)?$/, '//github.com') + pathname;
  // The host of an ssh address may be one that no web address can have.
  return URL.canParse(address) ? new URL(address) : null;
}

function fromUrl({ origin, protocol, hostname, pathname }: URL, variables: Variables): Recognized | null {
  if (protocol === 'http:' && !isLoopback(hostname)) return null;
  if (OTHER_FORGES.test(hostname)) return null;
  const path = pathname.split('/').filter(Boolean);
  const settings = apiSettings(origin, variables);
  const known = hostname === 'github.com' || hostname.endsWith('.ghe.com') || origin === ownServer(variables);
  return known ? onGithub(path, settings) : elsewhere(path, settings);
}

function onGithub(path: readonly string[], settings: Api): Recognized | null {
  const [first = '', second, third, fourth] = path;
  if (first === 'orgs') return second && IS_OWNER.test(second) ? organization(settings, second) : null;
  if (!IS_OWNER.test(first) || PAGES.has(first.toLowerCase())) return null;
  if (!second) return organization(settings, first);
  if (third === 'pull' || third === 'pulls') return null;
  return fromPath(settings, first, second, third === 'issues' ? fourth : undefined);
}

/** On a host that may be anything, only what looks exactly like a repository or one of its issues is taken for one. */
function elsewhere(path: readonly string[], settings: Api): Recognized | null {
  const [owner = '', repo, third, number] = path;
  if (!repo || path.length > 4 || JIRA_PATHS.has(owner.toLowerCase()) || /\.jspa$/.test(repo)) return null;
  if (!IS_OWNER.test(owner) || (third !== undefined && third !== 'issues')) return null;
  return fromPath(settings, owner, repo, number);
}

function fromPath(settings: Api, owner: string, segment: string, number: string | undefined): Recognized | null {
  const repo = withoutGit(segment);
  if (!IS_REPOSITORY.test(repo)) return null;
  if (number !== undefined && !/^[1-9]\d*$/.test(number)) return null;
  return repository(settings, owner, repo, number);
}

type Api = { url?: string };

/** The API for a web host, and none where it is the one that opening a tracker takes by default. */
function apiSettings(origin: string, variables: Variables): Api {
  if (origin === ownServer(variables) && variables.GITHUB_API_URL) return { url: variables.GITHUB_API_URL };
  const url = apiOfHost(origin);
  return url === GITHUB_API && !variables.GITHUB_API_URL ? {} : { url };
}

/** The web host that GITHUB_API_URL belongs to; in workflows both are set. */
function ownServer({ GITHUB_SERVER_URL: server }: Variables): string {
  return server && URL.canParse(server) ? new URL(server).origin : 'https://github.com';
}

function repository(settings: Api, owner: string, repo: string, number: string | undefined): Recognized {
  const name = `${owner}/${repo}`;
  const recognized = { name, settings: { type: 'github', ...settings, repos: [name] } };
  return number ? { ...recognized, ref: formatRef(name, Number(number)) } : recognized;
}

function organization(settings: Api, org: string): Recognized {
  return { name: org, settings: { type: 'github', ...settings, org } };
}

function withoutGit(name: string): string {
  return name.replace(/\.git$/, '');
}
