import { DAY } from './clock.js';
import type { Dice } from './dice.js';

/** What keeps a bug open: switched off is `false`, null or an empty list. Times are milliseconds. */
export interface Keep {
  readonly labels: readonly string[];
  readonly priorities: readonly string[];
  readonly inProgress: boolean;
  readonly linkedWork: boolean;
  readonly assigned: boolean;
  readonly votes: number | null;
  readonly comments: number | null;
  /** A number: so long after the first time, doubled each time after that. */
  readonly reopened: 'forever' | number | false;
}

/** When a bug is closed, and after how long a warning. Times are milliseconds. */
export interface HousePolicy {
  readonly name: string;
  /** Only bugs with this label. */
  readonly label: string | null;
  readonly untargetedFor: number;
  readonly idleFor: number | null;
  readonly warn: number | null;
}

/** The rules of a team, and the configuration that says so to the program. */
export interface House {
  readonly policies: readonly HousePolicy[];
  readonly keep: Keep;
  /** Whether bugs whose targets are over, or parked, are treated as having none. */
  readonly closes: { readonly slipped: boolean; readonly parked: boolean };
  /** `share` in percent. */
  readonly limits: { readonly closes: number; readonly warnings: number; readonly share: number; readonly surge: number };
  readonly content: Readonly<Record<string, unknown>>;
}

/** The label that the first of two policies goes by. */
export const SOFT = 'soft';
/** The label that protects. */
export const PINNED = 'pinned';
export const BLOCKER = 'Blocker';
/** The target that promises nothing. */
export const PARKED = 'Backlog';
/** A machine user that looks like a person; the configuration names it. */
const MACHINE = 'k8s-robot';

/** Rules as some team may have them. `warns`: whether its policies warn first; else chance decides. */
export function drawHouse(dice: Dice, warns: boolean | null = null): House {
  const policy = (name: string, label: string | null): HousePolicy => ({
    name,
    label,
    untargetedFor: dice.oneOf([7, 14, 28, 42]) * DAY,
    idleFor: dice.chance(0.2) ? null : dice.oneOf([7, 14]) * DAY,
    warn: (warns ?? dice.chance(0.6)) ? dice.oneOf([6, 7, 10, 14]) * DAY : null,
  });
  const house: Omit<House, 'content'> = {
    policies: dice.chance(0.3) ? [policy('gentle', SOFT), policy('untargeted', null)] : [policy('untargeted', null)],
    keep: {
      labels: dice.chance(0.8) ? [PINNED] : [],
      priorities: dice.chance(0.8) ? [BLOCKER] : [],
      inProgress: dice.chance(0.8),
      linkedWork: dice.chance(0.8),
      assigned: dice.chance(0.5),
      votes: dice.chance(0.5) ? dice.oneOf([1, 2, 4]) : null,
      comments: dice.chance(0.4) ? dice.oneOf([2, 4, 6]) : null,
      reopened: dice.oneOf<Keep['reopened']>(['forever', 'forever', 14 * DAY, 28 * DAY, false]),
    },
    closes: { slipped: dice.chance(0.3), parked: dice.chance(0.3) },
    limits: {
      closes: dice.oneOf([1, 3, 25]),
      warnings: dice.oneOf([1, 5, 50]),
      share: dice.oneOf([10, 20, 100]),
      surge: dice.oneOf([1, 3, 100]),
    },
  };
  return { ...house, content: contentOf(house) };
}

const days = (time: number): string => `${time / DAY}d`;

function contentOf({ policies, keep, closes, limits }: Omit<House, 'content'>): Record<string, unknown> {
  const treatment = (isClosed: boolean) => (isClosed ? 'untargeted' : 'attention');
  return {
    bots: [MACHINE],
    targets: { parked: [PARKED], treat: { slipped: treatment(closes.slipped), parked: treatment(closes.parked) } },
    keep: {
      labels: keep.labels,
      priorities: keep.priorities,
      inProgress: keep.inProgress,
      linkedWork: keep.linkedWork,
      reopened: typeof keep.reopened === 'number' ? days(keep.reopened) : keep.reopened,
      ...(keep.assigned && { assigned: true }),
      ...(keep.votes !== null && { votes: keep.votes }),
      ...(keep.comments !== null && { comments: keep.comments }),
    },
    policies: policies.map(({ name, label, untargetedFor, idleFor, warn }) => ({
      name,
      when: {
        untargetedFor: days(untargetedFor),
        ...(idleFor !== null && { idleFor: days(idleFor) }),
        ...(label !== null && { labels: [label] }),
      },
      ...(warn !== null && { warn: days(warn) }),
    })),
    limits: {
      closes: limits.closes,
      warnings: limits.warnings,
      share: `${limits.share}%`,
      surge: `${limits.surge}x`,
    },
  };
}
