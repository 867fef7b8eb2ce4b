import { foldName } from '../model/text.js';
import { severest } from '../model/vocabulary.js';
import { DESCRIPTORS } from '../trackers/index.js';
import type { Exploration, Json, Recognized, Sign } from '../trackers/tracker.js';
import { BUILT_IN_RULES, configSchema } from './schema.js';

/** What a first configuration says, as it is written: all that is not in it has a default. */
export type FirstConfig = {
  readonly trackers: { readonly [name: string]: Recognized['settings'] };
  readonly targets?: { readonly parked: readonly string[] };
  readonly keep?: { readonly priorities: readonly string[] };
  readonly policies: readonly [{ readonly [key: string]: Json; readonly name: 'untargeted' }];
};

/** What there is to decide about it; `untargetedFor` and `warn` are durations. */
export interface FirstChoices {
  readonly signs: readonly Sign[];
  readonly parked: readonly string[];
  readonly warn: string | null;
  readonly untargetedFor: string;
}

/** Puts together what was pasted, what there is, and what was chosen. */
export function firstConfig(
  { name, settings }: Recognized,
  found: Exploration | null,
  { signs, parked, warn, untargetedFor }: FirstChoices,
): FirstConfig {
  const priorities = protectedPriorities(found?.priorities ?? []);
  const tracker = { ...settings, ...found?.settings, ...bugs(signs) };
  return {
    trackers: { [shortName(name)]: tracker },
    ...(parked.length > 0 && { targets: { parked } }),
    ...(priorities && { keep: { priorities } }),
    policies: [{ name: 'untargeted', when: { untargetedFor, idleFor: '2w' }, ...(warn !== null && { warn }) }],
  };
}

/** `app` for `acme/app`. A name that would have to be quoted wherever it is typed is replaced. */
function shortName(name: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  return /^[a-z\d][\w.-]*$/.test(last) ? last : 'bugs';
}

function bugs(signs: readonly Sign[]): { bugs?: Json } {
  const named = (kind: Sign['kind']) => signs.filter((sign) => sign.kind === kind).map(({ name }) => name);
  const [labels, types] = [named('label'), named('type')];
  if (signs.length === 0) return {};
  return { bugs: { ...(labels.length > 0 && { labels }), ...(types.length > 0 && { types }) } };
}

/** The severest priorities there are, where the default does not name them all. */
function protectedPriorities(priorities: readonly string[]): readonly string[] | null {
  const severe = severest(priorities).map(({ name }) => name);
  const { keep } = configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES }).parse({});
  const usual = new Set((keep.priorities as readonly string[]).map(foldName));
  return severe.every((name) => usual.has(foldName(name))) ? null : severe;
}

/** The signs to propose: those that say nothing else, or else those that say more. */
export function proposedSigns(signs: readonly Sign[]): readonly Sign[] {
  const plain = signs.filter(({ fit }) => fit === 'plain');
  return plain.length > 0 ? plain : signs.filter(({ fit }) => fit === 'perhaps');
}

/** Whether there is nothing to ask: no more than one label and one type say that they make a bug, and nothing else. */
export function isPlain(signs: readonly Sign[]): boolean {
  const proposed = proposedSigns(signs);
  const kinds = new Set(proposed.map(({ kind }) => kind));
  return proposed.length > 0 && kinds.size === proposed.length && proposed.every(({ fit }) => fit === 'plain');
}
