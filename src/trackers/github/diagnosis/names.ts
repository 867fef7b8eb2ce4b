import { nearest, quoted } from '../../../model/phrases.js';
import { nameMatcher } from '../../../model/text.js';
import type { Diagnosis, NamesInUse } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { IssueTypes } from './issue-types.js';
import type { Place } from './place.js';
import type { Survey } from './survey.js';

const DEFAULT_IN_PROGRESS = 'in progress';

/** Names of one kind that are used somewhere in the configuration, and those that exist. */
interface Comparison {
  readonly noun: 'label' | 'issue type' | 'milestone';
  /** Where the names come from: rules, which are for all trackers; null for settings of this one. */
  readonly kind: keyof NamesInUse | null;
  /** Who uses them: `keep or a policy`. */
  readonly user: string;
  readonly names: readonly string[];
  readonly existing: readonly string[];
  /** Whether a name that is not among the existing ones is missing for certain. */
  readonly complete: boolean;
}

/** Compares every name that settings and rules use with those that exist in any of the repositories. */
export function namesUsed(
  { places, complete }: Pick<Survey, 'places' | 'complete'>,
  types: IssueTypes,
  settings: Pick<GithubSettings, 'priority' | 'inProgress'>,
  used: NamesInUse,
): Diagnosis[] {
  const comparisons = [
    ...compareLabels(places, settings, used).map((one): Comparison => ({ noun: 'label', complete, ...one })),
    compareTypes(places, complete, types, used),
    compareTargets(places, complete, used),
  ];
  const missing = [...comparisons.flatMap(missingNames), ...unknownPriorities(settings.priority, used.priorities)];
  const number = comparisons.reduce((sum, { names }) => sum + names.length, used.priorities.length);
  if (missing.length > 0 || number === 0) return missing;
  const message =
    number === 1 ? 'The name that rules and settings use exists.' : `All ${number} names that rules and settings use exist.`;
  return [{ severity: 'ok', message }];
}

function compareLabels(
  places: readonly Place[],
  { priority, inProgress }: Pick<GithubSettings, 'priority' | 'inProgress'>,
  used: NamesInUse,
): Pick<Comparison, 'kind' | 'user' | 'names' | 'existing'>[] {
  const existing = places.flatMap(({ labels }) => labels);
  // That nobody has the label of the default is no mistake.
  const wanted = inProgress.join() === DEFAULT_IN_PROGRESS ? [] : inProgress;
  return [
    ...Object.entries(priority).map(([name, names]) => ({ kind: null, user: `priority ${name}`, names, existing })),
    { kind: null, user: 'inProgress', names: wanted, existing },
    { kind: 'labels', user: 'keep or a policy', names: used.labels, existing },
  ];
}

function compareTypes(places: readonly Place[], complete: boolean, types: IssueTypes, used: NamesInUse): Comparison {
  const lists = places.map((place) => types.of(place));
  const readable = lists.every((list) => list !== null);
  // Where not a single list could be read, there is nothing to compare with, which a note of its own says.
  const names = lists.some((list) => list !== null) ? used.types : [];
  const existing = lists.flatMap((list) => list ?? []);
  return { noun: 'issue type', kind: 'types', user: 'keep or a policy', names, existing, complete: complete && readable };
}

function compareTargets(places: readonly Place[], complete: boolean, used: NamesInUse): Comparison {
  const existing = places.flatMap(({ milestones }) => milestones.map(({ title }) => title));
  return { noun: 'milestone', kind: 'targets', user: 'targets.parked', names: used.targets, existing, complete };
}

/** A finding for each name that fits none of the existing ones. */
function missingNames({ noun, kind, user, names, existing, complete }: Comparison): Diagnosis[] {
  const missing = names.filter((name) => !existing.some(nameMatcher([name])));
  return missing.map((name) => ({
    severity: complete ? 'config' : 'note',
    message: `There is no ${noun} ${name.includes('*') ? 'like ' : ''}"${name}"${complete ? '' : ' in what was read'} (${user}).`,
    hint: `Correct the name, create it, or take it out. ${nearest([name], existing, noun)}`,
    ...(kind && { missing: { kind, name } }),
  }));
}

/** Priorities are those of the settings, or the values of an issue field of that name, which cannot be asked for. */
function unknownPriorities(priority: GithubSettings['priority'], names: readonly string[]): Diagnosis[] {
  const keys = Object.keys(priority);
  const unknown = names.filter((name) => !keys.some(nameMatcher([name])));
  if (unknown.length === 0) return [];
  const [what, them] = unknown.length === 1 ? ['priority', 'it'] : ['priorities', 'them'];
  const known = keys.length > 0 ? ` So far there are: ${keys.join(', ')}.` : '';
  return [
    {
      severity: 'note',
      message: `No labels stand for the ${what} ${quoted(unknown)} (keep or a policy), and issue fields cannot be looked at.`,
      hint: `Right if an issue field "Priority" has ${them}. Else name labels for ${them}: priority: { ${unknown[0]}: [LABEL] }.${known}`,
    },
  ];
}
