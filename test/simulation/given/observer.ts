import type { Mark } from '../../../src/model/bug.js';
import type { Clock } from './clock.js';
import { type Deed, inWords, isPerson, type Who } from './deed.js';
import type { Diary } from './diary.js';
import type { House } from './house.js';
import { type Ledger, newPage, note, pageOf } from './ledger.js';
import { closed, commented, reopened, rewrote } from './our-deeds.js';
import type { Stage } from './stage.js';

/** A run as somebody sees it who only watches. */
export interface WatchedRun {
  readonly id: string;
  /** When the report was made that it carries out. */
  readonly plannedAt: number;
  readonly most: { readonly closes: number; readonly warnings: number };
  readonly closed: string[];
  /** What it says it closed: a later run may have done it, under the comment of this one. */
  readonly claimed: Set<string>;
  readonly warned: string[];
  finished: boolean;
  undone: boolean;
  /** Its journal is. */
  lost: boolean;
}

/** A run that has not done anything yet. */
export function newRun(id: string, plannedAt: number, most: WatchedRun['most']): WatchedRun {
  return { id, plannedAt, most, closed: [], claimed: new Set(), warned: [], finished: false, undone: false, lost: false };
}

/** Something that must never be. */
export interface Violation {
  readonly ref: string | null;
  readonly what: string;
}

/** Somebody who watches a year on a tracker, keeps a ledger, and says what must not be. Knows the rules of the house by heart. */
export interface Observer {
  readonly ledger: Ledger;
  readonly diary: Diary;
  readonly runs: Map<string, WatchedRun>;
  readonly violations: Violation[];
  house: House;
  /** Runs that somebody has begun to take back. */
  readonly regretted: Set<string>;
  /** The run that is at work. */
  atWork: WatchedRun | null;
  /** The run that is being taken back. */
  undoing: string | null;
  /** All that bugprune has done, as `close acme/app#1`, each with its time. */
  readonly writes: { readonly at: number; readonly what: string }[];
  complain(ref: string | null, what: string): void;
  filed(ref: string, who: Who, labels: readonly string[], at: number): void;
  did(ref: string, who: Who, deed: Deed, at: number): void;
  released(release: string, at: number): void;
  removed(release: string, at: number): void;
  commented(ref: string, mark: Mark, at: number): void;
  closed(ref: string, at: number): void;
  reopened(ref: string, at: number): void;
  /** After a comment was rewritten: sees which. */
  rewrote(ref: string, at: number): void;
}

/** An observer of a tracker. */
export function watch(stage: Stage, house: House, diary: Diary, clock: Clock): Observer {
  const ledger: Ledger = { pages: new Map(), over: new Set(), personal: stage.isPersonal };
  const self: Observer = {
    ledger,
    diary,
    runs: new Map(),
    violations: [],
    house,
    regretted: new Set(),
    atWork: null,
    undoing: null,
    writes: [],
    complain(ref, what) {
      self.violations.push({ ref, what });
      diary.write(ref, clock.now(), `WRONG: ${what}`);
    },
    filed(ref, who, labels, at) {
      ledger.pages.set(ref, newPage(ref, at, labels));
      diary.write(ref, at, `${who} files it${labels.length > 1 ? ` (${labels.join(', ')})` : ''}`);
    },
    did(ref, who, deed, at) {
      const page = pageOf(ledger, ref);
      const isRegretted = page.ourClosing !== null && self.regretted.has(page.ourClosing.said.run);
      // What an undo has announced, our own account then does by hand: nobody can tell the two apart.
      if (who === 'lead' && deed.kind === 'reopen' && isRegretted) page.ourClosing = null;
      note(page, who, deed, at);
      diary.write(ref, at, `${inWords(who, deed)}${isPerson(who) ? '' : ' (a robot)'}`);
    },
    released(release, at) {
      ledger.over.add(release);
      diary.write(null, at, `release ${release} is over`);
    },
    removed(release, at) {
      for (const page of ledger.pages.values()) {
        if (!page.targets.includes(release)) continue;
        page.targets = page.targets.filter((one) => one !== release);
        Object.assign(page, { bareSince: at, blurred: 'a target of it was deleted' });
      }
      diary.write(null, at, `release ${release} is deleted`);
    },
    commented: (ref, mark, at) => commented(self, pageOf(ledger, ref), mark, at),
    closed: (ref, at) => closed(self, pageOf(ledger, ref), at),
    reopened: (ref, at) => reopened(self, pageOf(ledger, ref), at),
    rewrote: (ref, at) => rewrote(self, pageOf(ledger, ref), stage.look(ref).said, at),
  };
  return self;
}
