import type { Call, Diagnosis, NamesInUse } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { Octokit } from '../transport/client.js';
import { bugSigns } from './bugs.js';
import { type IssueTypes, readIssueTypes } from './issue-types.js';
import { namesUsed } from './names.js';
import { closingLabel, rateLeft, standing, unplanned } from './standing.js';
import { survey } from './survey.js';

const NO_TYPES: IssueTypes = { of: () => [], findings: [] };

/**
 * Looks at the repositories of the settings: whether they are there for us, what we may do in them, and whether they have the
 * labels, issue types and milestones that settings and rules speak of. Writes nothing. What cannot be read at all is told as a
 * problem; what that leaves uncertain is a note, never a mistake of the configuration.
 */
export async function diagnose(octokit: Octokit, settings: GithubSettings, names: NamesInUse, call: Call): Promise<Diagnosis[]> {
  const { places, complete, findings } = await survey(octokit, settings, call);
  const last = places.at(-1);
  if (!last) return [...findings];
  const wantsTypes = settings.bugs.types.length + names.types.length > 0;
  const types = wantsTypes ? await readIssueTypes(octokit, places, call) : NO_TYPES;
  return [
    ...findings,
    ...standing(places),
    ...unplanned(places),
    ...bugSigns({ places, complete }, types, settings),
    ...types.findings,
    ...closingLabel(places, settings.closeAs.label),
    ...namesUsed({ places, complete }, types, settings, names),
    rateLeft(last.rate),
  ];
}
