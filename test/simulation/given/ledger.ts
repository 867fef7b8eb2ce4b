import { type Deed, isPerson, type Who } from './deed.js';

/** A comment of bugprune's. `takenBack`: an undo has rewritten it. */
export interface Said {
  readonly action: 'close' | 'warn';
  readonly run: string;
  readonly policy: string;
  readonly at: number;
  takenBack: boolean;
}

/** A closing of bugprune's that is in force, and the comment that announced it. */
export interface OurClosing {
  readonly run: string;
  readonly at: number;
  readonly said: Said;
}

/** What an observer knows of one bug who has watched all that was done to it. Times are epoch milliseconds. */
export interface Page {
  readonly ref: string;
  readonly createdAt: number;
  title: string;
  open: boolean;
  status: string;
  inProgress: boolean;
  blocks: boolean;
  priority: string | null;
  labels: string[];
  assignees: string[];
  targets: string[];
  votes: number;
  /** Comments by people. */
  comments: number;
  /** When a person last cared. */
  touchedAt: number;
  /** When a person last did anything to it that a history tells. */
  actedAt: number;
  /** When it was opened, reopened, or lost its last target. */
  bareSince: number;
  targetedAt: number;
  /** By whomever. */
  closedAt: number;
  said: Said[];
  ourClosing: OurClosing | null;
  /** When people reopened it after bugprune had closed it. */
  comebacks: number[];
  /** Why nobody can tell any more, from what a tracker says, how it stands with the bug: then it may be kept for too long. */
  blurred: string | null;
  /** An undo has reopened it and has not yet rewritten the comment. */
  halfUndone: boolean;
}

/** Everything that an observer has written down: the bugs, and which releases are over. */
export interface Ledger {
  readonly pages: Map<string, Page>;
  readonly over: Set<string>;
  /** `personal`: whether our account is that of a person, so that its unmarked deeds count. */
  readonly personal: boolean;
}

/** The page of a bug. Throws where there is none. */
export function pageOf({ pages }: Ledger, ref: string): Page {
  const page = pages.get(ref);
  if (!page) throw new Error(`nobody has filed ${ref}`);
  return page;
}

/** The page of a bug that was just filed. */
export function newPage(ref: string, at: number, labels: readonly string[]): Page {
  return {
    ...{ ref, title: `Bug ${ref}`, createdAt: at, open: true, status: 'open', inProgress: false, blocks: false, priority: null },
    ...{ labels: [...labels], assignees: [], targets: [], votes: 0, comments: 0, said: [], comebacks: [] },
    ...{
      touchedAt: at,
      actedAt: at,
      bareSince: at,
      targetedAt: 0,
      closedAt: 0,
      ourClosing: null,
      blurred: null,
      halfUndone: false,
    },
  };
}

const TRACELESS: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>(['vote', 'block', 'unblock']);
/** Edits of other fields. */
const CARELESS: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>(['prioritize', 'edit']);

/** Writes down what somebody does to a bug. */
export function note(page: Page, who: Who, deed: Deed, at: number): void {
  CHANGES[deed.kind](page, deed.value ?? '', at, who);
  if (!isPerson(who) || TRACELESS.has(deed.kind)) return;
  page.actedAt = at;
  if (!CARELESS.has(deed.kind)) page.touchedAt = at;
}

const without = (list: readonly string[], one: string): string[] => list.filter((other) => other !== one);

const CHANGES: Record<Deed['kind'], (page: Page, value: string, at: number, who: Who) => void> = {
  comment: (page, _value, _at, who) => {
    if (isPerson(who)) page.comments++;
  },
  paste: (page, value, at, who) => {
    CHANGES.comment(page, '', at, who);
    if (value === 'close') page.blurred = 'somebody has copied a closing marker of ours';
  },
  label: (page, value) => page.labels.push(value),
  unlabel: (page, value) => {
    page.labels = without(page.labels, value);
  },
  assign: (page, value) => page.assignees.push(value),
  unassign: (page, value) => {
    page.assignees = without(page.assignees, value);
  },
  target: (page, value, at) => {
    page.targets.push(value);
    page.targetedAt = at;
  },
  untarget: (page, value, at) => {
    if (page.targetedAt === at) page.blurred = 'it got a target and lost it within one second';
    page.targets = without(page.targets, value);
    page.bareSince = at;
  },
  rename: (page, value) => {
    page.title = value;
  },
  edit: () => undefined,
  vote: (page) => {
    page.votes++;
  },
  block: (page) => {
    page.blocks = true;
  },
  unblock: (page) => {
    page.blocks = false;
  },
  prioritize: (page, value) => {
    page.priority = value === '' ? null : value;
  },
  start: (page) => Object.assign(page, { inProgress: true, status: 'in progress' }),
  pause: (page) => Object.assign(page, { inProgress: false, status: 'open' }),
  close: (page, _value, at) => Object.assign(page, { open: false, closedAt: at, ourClosing: null }),
  reopen: (page, _value, at, who) => {
    if (isPerson(who)) comeBack(page, at);
    Object.assign(page, { open: true, status: 'open', inProgress: false, bareSince: at, ourClosing: null });
  },
};

function comeBack(page: Page, at: number): void {
  if (page.ourClosing) page.comebacks.push(at);
  // A comment whose closing failed, and then a person closed it: the tracker's history cannot tell the two apart.
  else if (page.said.some(({ action, takenBack }) => action === 'close' && !takenBack))
    page.blurred = 'our closing comment stands';
}
