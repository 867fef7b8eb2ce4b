import { add, type Duration, durationInWords } from '../model/duration.js';
import type { Instant } from '../model/instant.js';
import { count } from '../model/phrases.js';
import type { Closure } from './document.js';
import type { Doubt } from './life.js';

/** What is not known about a backlog's past, counted while it is replayed. */
export interface Unknowns {
  bugs: number;
  /** The bugs that have a doubt, and how many of them would have been closed. */
  readonly doubts: Map<Doubt, { readonly bugs: number; readonly closed: number }>;
  /** Bugs that nothing but a guard without a history kept open. */
  guarded: number;
  /** Closures of bugs that are closed today, by rules that mind work in progress. */
  faded: number;
  /** Closures of bugs with a target that is over by now. */
  slipped: number;
  /** Regrets by a closing that does not say how, or by a robot's. */
  unsureFixes: number;
  /** Bugs that are closed today. */
  closedInReality: number;
  /** The latest moment that anything is known of. */
  knownUntil: Instant;
}

const DOUBTS: Record<Doubt, (bugs: string) => string> = {
  history: (bugs) =>
    `Not all of the history could be read of ${bugs}. What there is was taken for all of it, and targets that no event set for having been there from the beginning.`,
  closing: (bugs) =>
    `No event says when it was closed of ${bugs} closed today: taken as closed at the last change, and as fixed.`,
  renamed: (bugs) => `A target came under one name and is there, or went, under another of ${bugs}: taken as renamed.`,
  target: (bugs) =>
    `A target is gone without a trace of ${bugs}: taken as lost at the last change before each run, although it may have gone later.`,
  obstacle: (bugs) => `Something would keep us from closing ${bugs} today: taken as not having been there then.`,
};

/** After that long most regrets would have come. */
const PATIENCE: Duration = { count: 26, unit: 'w' };

/** What was taken for true where the history does not tell, in sentences, each with its count. */
export function assumptionsOf(unknowns: Unknowns, timeless: readonly string[], closures: readonly Closure[]): string[] {
  return [
    ...aboutHistories(unknowns),
    ...said(
      unknowns.guarded,
      'bug',
      (found) =>
        `Votes, priority, linked work and progress have no history and are taken as they are today: ${found} would have been closed but for these.`,
    ),
    ...said(
      unknowns.faded,
      'closure',
      (found) => `A bug that is closed today does not show what was being done about it before: that might have kept ${found}.`,
    ),
    ...(timeless.length > 0 ? [`What ${timeless.join(' and ')} ask for has no history and is taken as it is today.`] : []),
    ...aboutClosures(unknowns, closures),
  ];
}

function aboutHistories({ doubts, bugs, closedInReality }: Unknowns): string[] {
  const none = bugs > 0 && closedInReality === 0;
  return [
    ...(none ? ['There are no closed bugs: what was fixed cannot be seen, so that there may be more regrets than these.'] : []),
    ...(Object.keys(DOUBTS) as Doubt[]).flatMap((doubt) => {
      const found = doubts.get(doubt);
      return found ? `${DOUBTS[doubt](count(found.bugs, 'bug'))} ${count(found.closed, 'closure')} of them.` : [];
    }),
  ];
}

function aboutClosures({ slipped, unsureFixes, knownUntil }: Unknowns, closures: readonly Closure[]): string[] {
  const young = closures.filter(({ at, fate }) => fate === 'none' && add(at, PATIENCE) > knownUntil).length;
  const least = durationInWords(PATIENCE);
  return [
    ...said(slipped, 'closure', (found) => `Releases are taken to have been over as they are today: ${found} had a target.`),
    ...said(unsureFixes, 'regret', (found) => `A closing that does not say how, or is a robot's, is taken for a fix: ${found}.`),
    ...said(
      young,
      'closure',
      (found) => `What happened is known until ${knownUntil.slice(0, 10)}: ${found} had less than ${least} to be regretted.`,
    ),
  ];
}

function said(number: number, noun: string, sentence: (found: string) => string): string[] {
  return number === 0 ? [] : [sentence(count(number, noun))];
}
