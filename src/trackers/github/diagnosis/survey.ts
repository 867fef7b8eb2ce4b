import { TrackerError } from '../../../errors.js';
import { count, enumerate } from '../../../model/phrases.js';
import type { Call, Diagnosis } from '../../tracker.js';
import { isChosen, namedRepositories, type RepositoryFacts, readOrganization } from '../reading/repositories.js';
import { CONCERNS_ALL } from '../reading/search.js';
import type { GithubSettings } from '../settings.js';
import type { Octokit } from '../transport/client.js';
import { expectedError } from '../transport/errors.js';
import { type Place, readPlace } from './place.js';

/** Of an organization, no more repositories than this are looked at. */
const MOST = 10;

/** The repositories that bugs would be looked for in. */
export interface Survey {
  /** None when the survey was broken off. */
  readonly places: readonly Place[];
  /** Whether none is missing: then a name that none of them has does not exist. */
  readonly complete: boolean;
  /** What was found out about repositories that are not among the places. */
  readonly findings: readonly Diagnosis[];
}

/** Reads the repositories of the settings, one after the other. What keeps all of them from being read is told as a problem. */
export async function survey(octokit: Octokit, settings: GithubSettings, call: Call): Promise<Survey> {
  const { names, ...plan } = settings.org === undefined ? named(settings) : await ofOrganization(octokit, settings.org, settings);
  const findings = [...plan.findings];
  const places: Place[] = [];
  let { complete } = plan;
  for (const name of names) {
    try {
      const place = await readPlace(octokit, name);
      const finding = leftOut(place.facts);
      if (finding) findings.push(finding);
      else places.push(place);
    } catch (error) {
      const problem = expectedError(error, call.signal);
      complete = false;
      const finding = findingFor(problem);
      if (finding) findings.push(finding);
      else call.on({ type: 'problem', error: problem });
      if (CONCERNS_ALL.has(problem.kind)) return { places: [], complete, findings };
    }
  }
  return { places, complete, findings };
}

interface Plan {
  readonly names: readonly string[];
  readonly complete: boolean;
  readonly findings: readonly Diagnosis[];
}

function named(settings: GithubSettings): Plan {
  return { names: namedRepositories(settings), complete: true, findings: [] };
}

async function ofOrganization(octokit: Octokit, org: string, settings: GithubSettings): Promise<Plan> {
  const isWanted = isChosen(settings);
  const all = await readOrganization(octokit, org, {}).catch(perhapsPerson(org));
  const chosen = all.filter(({ nameWithOwner }) => isWanted(nameWithOwner));
  const open = chosen.filter(({ isArchived }) => !isArchived);
  const readable = open.filter(({ hasIssuesEnabled }) => hasIssuesEnabled);
  const message = describe(org, all.length, {
    'by include and exclude': all.length - chosen.length,
    archived: chosen.length - open.length,
    'without issues': open.length - readable.length,
  });
  const names = readable.slice(0, MOST).map(({ nameWithOwner }) => nameWithOwner);
  if (names.length === 0) {
    const hint = `Nothing would be found. Look at include and exclude, and at what this token may see of ${org}.`;
    return { names, complete: true, findings: [{ severity: 'config', message, hint }] };
  }
  const complete = names.length === readable.length;
  return { names, complete, findings: [{ severity: 'ok', message }, ...(complete ? [] : [onlyFirst(readable.length)])] };
}

/** `acme has 4 repositories; left out: 2 (1 archived and 1 without issues).` */
function describe(org: string, number: number, leftOut: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(leftOut).filter(([, of]) => of > 0);
  const sum = reasons.reduce((total, [, of]) => total + of, 0);
  const out = sum > 0 ? `; left out: ${sum} (${enumerate(reasons.map(([why, of]) => `${of} ${why}`))})` : '';
  return `${org} has ${count(number, 'repository', 'repositories')}${out}.`;
}

function onlyFirst(number: number): Diagnosis {
  return {
    severity: 'note',
    message: `Only the first ${MOST} of ${number} repositories are looked at here.`,
    hint: 'A name that is missing in these may exist in another. To have others looked at, choose them with include.',
  };
}

/** GitHub says of a person only that there is no such organization. */
function perhapsPerson(org: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof TrackerError) || error.kind !== 'not-found') throw error;
    const hint = `If ${org} is a person, name the repositories: repos: [${org}/NAME]. ${error.hint ?? ''}`.trim();
    throw new TrackerError(error.kind, error.message, { hint, cause: error });
  };
}

/** A repository that was named, and in which no bug would be looked for. */
function leftOut({ nameWithOwner, isArchived, hasIssuesEnabled }: RepositoryFacts): Diagnosis | null {
  if (isArchived) {
    const hint = 'Nothing in it can be changed, so it is left out. Take it out of repos, or unarchive it.';
    return { severity: 'config', message: `${nameWithOwner} is archived.`, hint };
  }
  if (!hasIssuesEnabled) {
    const hint = 'It is left out. Take it out of repos, or switch issues on in its settings on GitHub.';
    return { severity: 'config', message: `${nameWithOwner} has its issues switched off.`, hint };
  }
  return null;
}

/** What concerns a single repository; null for any other trouble. */
function findingFor({ kind, message, hint = '' }: TrackerError): Diagnosis | null {
  if (kind === 'gone') return { severity: 'config', message, hint };
  if (kind !== 'not-found' && kind !== 'permission') return null;
  return { severity: 'credentials', message, hint: `Is it the right name, and the right token? ${hint}`.trim() };
}
