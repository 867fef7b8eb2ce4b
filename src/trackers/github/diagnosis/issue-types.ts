import { z } from 'zod';
import { enumerate } from '../../../model/phrases.js';
import { cleanText } from '../../../model/text.js';
import type { Call, Diagnosis } from '../../tracker.js';
import { understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { expectedError } from '../transport/errors.js';
import type { Place } from './place.js';

const issueTypes = z.array(z.object({ name: z.string().transform(cleanText) }));

/** The issue types of owners, by login. */
export interface IssueTypes {
  /** Null where they could not be read. */
  of(place: Place): readonly string[] | null;
  readonly findings: readonly Diagnosis[];
}

/**
 * Reads the issue types of all organizations that own the places, one request for each; people have none. Many tokens may not read
 * them, so that is worth no more than a note. Source: GitHub's REST documentation, "List issue types for an organization".
 */
export async function readIssueTypes(octokit: Octokit, places: readonly Place[], call: Call): Promise<IssueTypes> {
  const known = new Map<string, readonly string[] | null>();
  for (const { owner } of places) {
    if (!known.has(owner.login)) known.set(owner.login, owner.isOrganization ? await typesOf(octokit, owner.login, call) : []);
  }
  const unreadable = [...known].filter(([, types]) => types === null).map(([login]) => login);
  return { of: ({ owner }) => known.get(owner.login) ?? null, findings: unreadable.length > 0 ? [noteAbout(unreadable)] : [] };
}

async function typesOf(octokit: Octokit, org: string, call: Call): Promise<readonly string[] | null> {
  try {
    const { data } = await octokit.rest.orgs.listIssueTypes({ org });
    return understand(issueTypes, data, `the issue types of ${org}`).map(({ name }) => name);
  } catch (error) {
    const problem = expectedError(error, call.signal);
    if (problem.kind !== 'not-found' && problem.kind !== 'permission') call.on({ type: 'problem', error: problem });
    return null;
  }
}

function noteAbout(owners: readonly string[]): Diagnosis {
  return {
    severity: 'note',
    message: `The issue types of ${enumerate(owners)} cannot be read, or there are none: those named were not looked for.`,
    hint: 'Reading their names takes the scope read:org (classic tokens) or the organization permission Issue Types: read. Bugs are found without it.',
  };
}
