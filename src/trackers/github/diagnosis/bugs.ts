import { nearest, quoted } from '../../../model/phrases.js';
import { foldName } from '../../../model/text.js';
import type { Diagnosis } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { IssueTypes } from './issue-types.js';
import { isAmong, nameAll, type Place } from './place.js';
import type { Survey } from './survey.js';

/** What makes a bug unless somebody says so: nobody is told that one of the two is missing. */
const DEFAULTS = ['label bug', 'type bug'];

/** One of the labels and issue types that make an issue a bug, and in which repositories it exists. */
interface Sign {
  readonly noun: 'label' | 'issue type';
  readonly name: string;
  readonly isDefault: boolean;
  /** Null where that cannot be seen. */
  existsIn(place: Place): boolean | null;
}

/** Whether there is anything to tell a bug by: any one of the labels and issue types is enough in each repository. */
export function bugSigns(
  { places, complete }: Pick<Survey, 'places' | 'complete'>,
  types: IssueTypes,
  { bugs, org }: Pick<GithubSettings, 'bugs' | 'org'>,
): Diagnosis[] {
  const signs = signsOf(bugs, types);
  const some = places.filter((place) => signs.some((sign) => sign.existsIn(place) === true));
  const none = places.filter((place) => signs.every((sign) => sign.existsIn(place) === false));
  const unclear = places.filter((place) => !some.includes(place) && !none.includes(place));
  const found = signs.filter((sign) => some.some((place) => sign.existsIn(place) === true));
  // A repository that was named must have bugs; of an organization, some may well have none.
  const lenient = org !== undefined && (some.length + unclear.length > 0 || !complete);
  return [
    ...(found.length > 0 ? [{ severity: 'ok', message: `Bugs are told by: ${listed(found)}.` } as const] : []),
    ...nothingIn(none, signs, types, lenient),
    ...unclearIn(unclear, signs),
    ...signs.filter(({ isDefault }) => !isDefault).flatMap((sign) => partlyMissing(sign, some, types)),
  ];
}

function signsOf({ labels, types }: GithubSettings['bugs'], known: IssueTypes): Sign[] {
  const all = [...labels.map((name) => `label ${foldName(name)}`), ...types.map((name) => `type ${foldName(name)}`)];
  const isDefault = all.join() === DEFAULTS.join();
  const labelSigns = labels.map(
    (name): Sign => ({ noun: 'label', name, isDefault, existsIn: (place) => isAmong(name, place.labels) }),
  );
  const typeSigns = types.map((name): Sign => {
    const existsIn = (place: Place) => {
      const there = known.of(place);
      return there && isAmong(name, there);
    };
    return { noun: 'issue type', name, isDefault, existsIn };
  });
  return [...labelSigns, ...typeSigns];
}

function nothingIn(places: readonly Place[], signs: readonly Sign[], types: IssueTypes, lenient: boolean): Diagnosis[] {
  if (places.length === 0) return [];
  return [
    {
      severity: lenient ? 'note' : 'config',
      message: `${nameAll(places)}: nothing would be found, for nothing that makes a bug exists there (${listed(signs)}).`,
      hint: `${lenient ? 'If that is a surprise, correct' : 'Correct'} bugs.labels and bugs.types. ${insteadOf(signs, places, types)}`,
    },
  ];
}

function unclearIn(places: readonly Place[], signs: readonly Sign[]): Diagnosis[] {
  if (places.length === 0) return [];
  const labels = signs.filter(({ noun }) => noun === 'label').map(({ name }) => name);
  const types = quoted(signs.filter(({ noun }) => noun === 'issue type').map(({ name }) => name));
  const without = labels.length > 0 ? `without the label ${quoted(labels)}` : 'told by issue type alone';
  return [
    {
      severity: 'note',
      message: `${nameAll(places)}: ${without}, and it cannot be seen whether there is the issue type ${types}.`,
      hint: 'If a dry run finds no bugs, name one of their labels under bugs.labels.',
    },
  ];
}

/** A sign that some repositories lack, although others tell their bugs there. */
function partlyMissing(sign: Sign, places: readonly Place[], types: IssueTypes): Diagnosis[] {
  const lacking = places.filter((place) => sign.existsIn(place) === false);
  if (lacking.length === 0) return [];
  return [
    {
      severity: 'note',
      message: `${nameAll(lacking)}: there is no ${sign.noun} "${sign.name}" (bugs).`,
      hint: `Any one of bugs is enough, so this matters only if it is a slip. ${insteadOf([sign], lacking, types)}`,
    },
  ];
}

/** `label "bug", issue type "Bug"`. */
function listed(signs: readonly Sign[]): string {
  return signs.map(({ noun, name }) => `${noun} "${name}"`).join(', ');
}

/** The labels and issue types that there are. */
function insteadOf(signs: readonly Sign[], places: readonly Place[], types: IssueTypes): string {
  const existing = {
    label: places.flatMap(({ labels }) => labels),
    'issue type': places.flatMap((place) => types.of(place) ?? []),
  };
  const nouns = [...new Set(signs.map(({ noun }) => noun))];
  const wanted = (noun: Sign['noun']) => signs.filter((sign) => sign.noun === noun).map(({ name }) => name);
  return nouns.map((noun) => nearest(wanted(noun), existing[noun], noun)).join(' ');
}
