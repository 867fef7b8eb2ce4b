import { BugpruneError, TrackerError } from '../../../errors.js';
import { foldName } from '../../../model/text.js';
import { bugFit, severest, soundsInProgress } from '../../../model/vocabulary.js';
import type { Call, Diagnosis, Exploration, Json, Sign } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { Octokit } from '../transport/client.js';
import { type IssueTypes, readIssueTypes } from './issue-types.js';
import type { Place } from './place.js';
import { survey } from './survey.js';

/** Looks around in the repositories of the settings, of an organization in the first ones, for a first configuration. */
export async function explore(octokit: Octokit, settings: GithubSettings, call: Call): Promise<Exploration> {
  const places = await readPlaces(octokit, settings, call);
  const types = await readIssueTypes(octokit, places, call);
  const labels = distinct(places.flatMap((place) => place.labels));
  return {
    signs: signs(labels, places, types),
    targets: distinct(places.flatMap(({ milestones }) => milestones.map(({ title }) => title))),
    priorities: [],
    settings: wordsIn(labels),
  };
}

/** Throws what kept all of the repositories from being read, or from having bugs at all. */
async function readPlaces(octokit: Octokit, settings: GithubSettings, call: Call): Promise<readonly Place[]> {
  const problems: TrackerError[] = [];
  const on: Call['on'] = (event) => (event.type === 'problem' ? problems.push(event.error) : call.on(event));
  const { places, findings } = await survey(octokit, settings, { ...call, on });
  for (const { severity, message, hint } of findings) {
    if (severity === 'credentials') problems.push(new TrackerError('not-found', message, { hint }));
  }
  if (places.length === 0) throw problems[0] ?? useless(findings);
  for (const error of problems) call.on({ type: 'problem', error });
  return places;
}

/** Archived, without issues, renamed. */
function useless(findings: readonly Diagnosis[]): BugpruneError {
  const { message = 'There is no repository to look at.', hint } = findings.find(({ severity }) => severity === 'config') ?? {};
  return new BugpruneError('config', message, { hint });
}

function signs(labels: readonly string[], places: readonly Place[], types: IssueTypes): Sign[] {
  const ofLabels = labels.map((name): Sign => ({ kind: 'label', name, fit: bugFit(name) }));
  const known = distinct(places.flatMap((place) => types.of(place) ?? []));
  const ofTypes = known.map((name): Sign => ({ kind: 'type', name, fit: bugFit(name) }));
  const unseen = places.some((place) => types.of(place) === null) && !known.some((name) => foldName(name) === 'bug');
  // What many tokens may not see is a type that most organizations have: where a label says the same, it is as good as that.
  const isLikely = ofLabels.some(({ fit }) => fit === 'plain');
  const guess: Sign = { kind: 'type', name: 'Bug', fit: isLikely ? 'plain' : 'perhaps' };
  return [...ofLabels, ...ofTypes, ...(unseen ? [guess] : [])];
}

/** The settings for which there are labels; what is as by default is left out. */
function wordsIn(labels: readonly string[]): Record<string, Json> {
  const priority: Record<string, string[]> = {};
  for (const { name, severity } of severest(labels)) priority[severity] = [...(priority[severity] ?? []), name];
  const inProgress = labels.filter(soundsInProgress);
  const usual = inProgress.every((name) => foldName(name) === 'in progress');
  const closing = labels.find((name) => foldName(name) === 'ntbf');
  return {
    ...(Object.keys(priority).length > 0 && { priority }),
    ...(!usual && { inProgress }),
    ...(closing !== undefined && { closeAs: { label: closing } }),
  };
}

/** Each name once, however it is written; of a name without a visible character nothing is left. */
function distinct(names: readonly string[]): string[] {
  return [...new Map(names.filter((name) => name !== '').map((name) => [foldName(name), name])).values()];
}
