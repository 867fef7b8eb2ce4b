import { HOUR } from './clock.js';
import type { Deed, Who } from './deed.js';
import { type Dice, drawn } from './dice.js';
import { BLOCKER, PARKED, PINNED, SOFT } from './house.js';
import type { Ledger, Page } from './ledger.js';

/** Who of a team acts. */
export function somebody(dice: Dice, personal: boolean): Who {
  const who = drawn<Who>(dice, [
    [50, 'mona'],
    [30, 'rolf'],
    [personal ? 15 : 0, 'lead'],
    [5, 'ghost'],
  ]);
  return who ?? 'mona';
}

type Wish = readonly [weight: number, deed: Deed];

/** What somebody may do to a bug as it is; null where nothing comes to mind. `kinds`: what the tracker knows. */
export function wish(page: Page, ledger: Ledger, kinds: ReadonlySet<Deed['kind']>, dice: Dice): Deed | null {
  const wishes = page.open ? forOpen(page, ledger) : forClosed(page);
  return drawn(
    dice,
    wishes.filter(([, { kind }]) => kinds.has(kind)),
  );
}

function forOpen(page: Page, ledger: Ledger): Wish[] {
  return [
    [24, { kind: 'comment' }],
    [1, { kind: 'paste', value: 'warn' }],
    [1, { kind: 'paste', value: 'close' }],
    [7, { kind: 'close' }],
    [10, { kind: 'vote' }],
    [3, { kind: 'rename', value: `${page.title}!` }],
    [3, { kind: 'edit' }],
    [3, page.priority === null ? { kind: 'prioritize', value: BLOCKER } : { kind: 'prioritize', value: '' }],
    page.blocks ? [10, { kind: 'unblock' }] : [3, { kind: 'block' }],
    page.inProgress ? [20, { kind: 'pause' }] : [4, { kind: 'start' }],
    page.labels.includes(PINNED) ? [12, { kind: 'unlabel', value: PINNED }] : [4, { kind: 'label', value: PINNED }],
    page.labels.includes(SOFT) ? [3, { kind: 'unlabel', value: SOFT }] : [3, { kind: 'label', value: SOFT }],
    page.assignees.includes('mona') ? [15, { kind: 'unassign', value: 'mona' }] : [5, { kind: 'assign', value: 'mona' }],
    ...plans(page, ledger),
  ];
}

/** Of targets: a bug has one at a time, as on GitHub. */
function plans({ targets }: Page, { over }: Ledger): Wish[] {
  const [target] = targets;
  if (target !== undefined) return [[target === PARKED || over.has(target) ? 10 : 16, { kind: 'untarget', value: target }]];
  return [
    [8, { kind: 'target', value: nextRelease(over) }],
    [2, { kind: 'target', value: PARKED }],
  ];
}

/** The release that is being worked on. */
export const nextRelease = (over: ReadonlySet<string>): string => `v${over.size + 1}`;

function forClosed({ ourClosing }: Page): Wish[] {
  const ours: Wish[] = ourClosing ? [[14, { kind: 'reopen' }]] : [];
  return [[6, { kind: 'comment' }], [1, { kind: 'vote' }], [3, { kind: 'reopen' }], ...ours];
}

/** How likely it is that somebody does something to a bug within a week: more so when it was just warned or closed. */
export function liveliness({ open, said, ourClosing }: Page, now: number): number {
  const word = said.at(-1);
  const isNews = word !== undefined && now - word.at < 15 * 24 * HOUR;
  if (open) return isNews ? 0.25 : 0.1;
  return ourClosing ? (isNews ? 0.2 : 0.03) : 0.02;
}

/** What robots do that changes how a bug stands. */
export function robotic({ open, ourClosing, targets }: Page, { over }: Ledger, dice: Dice): Deed | null {
  if (!open) return dice.chance(ourClosing ? 0.05 : 0.02) ? { kind: 'reopen' } : null;
  if (dice.chance(0.015)) return { kind: 'close' };
  const [target] = targets;
  if (target !== undefined) return dice.chance(0.04) ? { kind: 'untarget', value: target } : null;
  return dice.chance(0.01) ? { kind: 'target', value: nextRelease(over) } : null;
}

/** What robots do that changes nothing about a bug. */
export function noise({ labels, title }: Page, dice: Dice): Deed {
  const stale = labels.includes('stale');
  return dice.oneOf<Deed>([
    { kind: 'comment' },
    { kind: 'comment' },
    { kind: 'paste', value: 'warn' },
    stale ? { kind: 'unlabel', value: 'stale' } : { kind: 'label', value: 'stale' },
    { kind: 'edit' },
    { kind: 'rename', value: `${title}.` },
  ]);
}
