import { foldName } from '../../../model/text.js';
import { isDone } from '../reading/category.js';
import type { JiraSettings } from '../settings.js';
import { type Resolution, resolution, type Transition } from '../transport/answers.js';

type CloseAs = JiraSettings['closeAs'];

/** How a bug would be closed, or why it cannot be. */
export type Choice = { readonly plan: Plan } | { readonly obstacle: string };

/** The one transition that closes a bug. */
export interface Plan {
  readonly transition: Transition;
  /** The resolution that its screen offers; null where the screen does not list any, which proves nothing. */
  readonly resolution: Resolution | null;
}

/**
 * Finds the transition among those that are offered: the first of the configured names, else the only one to a done status that
 * takes a wanted resolution. Never guesses: where several remain they are named, so that the settings can name one.
 */
export function chooseTransition(offered: readonly Transition[], closeAs: CloseAs): Choice {
  const done = offered.filter(({ to, isAvailable }) => isDone(to) && isAvailable !== false);
  if (offered.length === 0) return { obstacle: 'its workflow offers this account no transition at all (missing permission?)' };
  if (done.length === 0) return { obstacle: `no transition leads to a done status: ${described(offered)}` };
  for (const name of closeAs.statuses) {
    const named = done.filter((transition) => isCalled(transition, name));
    if (named.length > 0) return choose(named, closeAs, name);
  }
  return choose(done, closeAs);
}

function choose(candidates: readonly Transition[], closeAs: CloseAs, name?: string): Choice {
  const wanted = candidates.filter((transition) => wantedResolution(transition, closeAs));
  const silent = candidates.filter((transition) => offeredResolutions(transition) === null);
  const pool = wanted.length > 0 ? wanted : silent;
  const exact = pool.filter((transition) => name !== undefined && foldName(transition.name) === foldName(name));
  const [transition, second] = exact.length === 1 ? exact : pool;
  if (!transition) return { obstacle: noResolution(candidates, closeAs) };
  if (second) return { obstacle: `more than one transition would close it: ${described(pool)} (name one in closeAs.statuses)` };
  const missing = missingFields(transition, closeAs);
  if (missing.length > 0) {
    return { obstacle: `the transition ${transition.name} asks for ${missing.join(', ')} (give them in closeAs.fields)` };
  }
  return { plan: { transition, resolution: wantedResolution(transition, closeAs) ?? null } };
}

/** Statuses are called by their names, in the site's language or in English; a transition's own name tells it from its twins. */
function isCalled({ name, to }: Transition, wanted: string): boolean {
  return [to.name, to.untranslatedName ?? to.name, name].some((candidate) => foldName(candidate) === foldName(wanted));
}

/** The resolutions on the transition's screen; null where none is listed. Screens take more than is listed. */
function offeredResolutions({ fields }: Transition): Resolution[] | null {
  const values = fields?.resolution?.allowedValues;
  return values ? values.flatMap((value) => resolution.safeParse(value).data ?? []) : null;
}

function wantedResolution(transition: Transition, closeAs: CloseAs): Resolution | undefined {
  return firstWanted(offeredResolutions(transition) ?? [], closeAs);
}

/** The first of the configured resolutions that there is. */
export function firstWanted(resolutions: readonly Resolution[], { resolutions: names }: CloseAs): Resolution | undefined {
  for (const name of names) {
    const found = resolutions.find((candidate) => foldName(candidate.name) === foldName(name));
    if (found) return found;
  }
  return undefined;
}

/** Fields that every issue has a value in, whatever the screen demands. */
const NEVER_EMPTY = new Set(['summary', 'issuetype', 'project', 'reporter']);

function missingFields({ fields }: Transition, closeAs: CloseAs): string[] {
  return Object.entries(fields ?? {})
    .filter(([id, field]) => field.required && !field.hasDefaultValue && id !== 'resolution' && !NEVER_EMPTY.has(id))
    .filter(([id]) => closeAs.fields?.[id] === undefined)
    .map(([id, { name }]) => (name ? `${name} (${id})` : id));
}

function noResolution(candidates: readonly Transition[], closeAs: CloseAs): string {
  const offers = new Set(candidates.flatMap((transition) => offeredResolutions(transition) ?? []).map(({ name }) => name));
  return `${described(candidates)} takes none of the resolutions ${closeAs.resolutions.join(', ')}, only ${[...offers].join(', ')}`;
}

function described(transitions: readonly Transition[]): string {
  return transitions.map(({ name, to }) => `${name} → ${to.name}`).join(', ');
}
