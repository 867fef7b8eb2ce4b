import type { Mark } from '../../../src/model/bug.js';
import type { Clock } from './clock.js';
import { type Deed, inWords, isPerson, type Who } from './deed.js';
import type { Diary } from './diary.js';
import type { House, HousePolicy } from './house.js';
import { type Ledger, newPage, note, type Page, pageOf, type Said } from './ledger.js';
import type { Stage } from './stage.js';
import { isUnanswered, objection, standingWarning } from './terms.js';

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
  /** The run that is at work, or the one that an undo takes back. */
  atWork: { readonly run: WatchedRun } | { readonly undoes: string } | null;
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

function write(observer: Observer, { ref }: Page, at: number, what: string, more = ''): void {
  observer.writes.push({ at, what: `${what} ${ref}` });
  observer.diary.write(ref, at, `BUGPRUNE ${what}s it${more}`);
}

function commented(observer: Observer, page: Page, { action, run, policy }: Mark, at: number): void {
  if (action !== 'close' && action !== 'warn') return observer.complain(page.ref, `a comment that says "${action}"`);
  const work = observer.atWork;
  write(observer, page, at, action === 'warn' ? 'warn' : 'announce', ` (${policy}, run ${run})`);
  if (!work || !('run' in work) || work.run.id !== run) observer.complain(page.ref, `a comment of run ${run}, which is not at work`);
  else if (action === 'warn') countWarning(observer, page, work.run);
  mayTouch(observer, page, policy, at);
  const last = page.said.findLast((said) => said.action === action && !said.takenBack);
  if (last && isUnanswered(page, last) && (action === 'close' || last.policy === policy))
    observer.complain(page.ref, `a second comment that says "${action}", and nobody has answered the first`);
  page.said.push({ action, run, policy, at, takenBack: false });
}

function countWarning(observer: Observer, page: Page, { warned, most }: WatchedRun): void {
  warned.push(page.ref);
  if (warned.length > most.warnings) observer.complain(page.ref, `the run warns ${warned.length} of ${most.warnings}`);
}

/** What must be true of a bug at the very moment in which a policy is applied to it. */
function mayTouch(observer: Observer, page: Page, name: string, at: number): void {
  const { house, ledger, atWork } = observer;
  const policy = house.policies.find((one) => one.name === name);
  if (!policy) return observer.complain(page.ref, `policy "${name}", which does not exist`);
  const against = objection(page, policy, house, ledger, at);
  if (against !== null) observer.complain(page.ref, `although ${against}`);
  if (atWork && 'run' in atWork && page.touchedAt > atWork.run.plannedAt)
    observer.complain(page.ref, 'although a person has touched it since the report');
}

function closed(observer: Observer, page: Page, at: number): void {
  const { house, ledger, atWork } = observer;
  if (atWork && 'run' in atWork) atWork.run.claimed.add(page.ref);
  // What we have closed may be closed once more, to complete it.
  if (!page.open && page.ourClosing) return;
  write(observer, page, at, 'close');
  const said = page.said.findLast(({ action, takenBack }) => action === 'close' && !takenBack);
  if (!said || !isUnanswered(page, said)) return observer.complain(page.ref, 'closed without a word that stands');
  if (!atWork || !('run' in atWork)) return observer.complain(page.ref, 'closed by nobody');
  const { run } = atWork;
  if (page.touchedAt > run.plannedAt) observer.complain(page.ref, 'closed although a person has touched it since the report');
  const against = house.policies.map((policy) => objection(page, policy, house, ledger, at) ?? warningObjection(page, policy, at));
  if (!against.includes(null)) observer.complain(page.ref, `closed although ${against.join('; ')}`);
  run.closed.push(page.ref);
  page.ourClosing = { run: run.id, at, said };
  Object.assign(page, { open: false, closedAt: at }, ledger.personal && { touchedAt: at });
  if (run.closed.length > run.most.closes) observer.complain(page.ref, `the run closes ${run.closed.length} of ${run.most.closes}`);
}

/** What is wrong about the warning that a policy wants before a closing; null when nothing is. */
function warningObjection(page: Page, { name, warn }: HousePolicy, at: number): string | null {
  if (warn === null) return null;
  const warning = standingWarning(page, name);
  if (!warning) return 'no warning stands that nobody has answered';
  return at - warning.at < warn ? 'the warning is young' : null;
}

function reopened(observer: Observer, page: Page, at: number): void {
  if (page.open) return;
  const { ledger, atWork } = observer;
  write(observer, page, at, 'reopen');
  const closing = page.ourClosing;
  if (!closing) return observer.complain(page.ref, 'reopened, and it was not we who closed it');
  if (!atWork || !('undoes' in atWork)) observer.complain(page.ref, 'reopened, and nobody takes anything back');
  else if (![closing.run, closing.said.run].includes(atWork.undoes) && !observer.runs.get(atWork.undoes)?.claimed.has(page.ref))
    observer.complain(page.ref, `reopened, and it was run ${closing.run} that closed it`);
  if (page.actedAt > closing.at) observer.complain(page.ref, 'reopened although a person has touched it since');
  Object.assign(page, { open: true, bareSince: at, ourClosing: null, halfUndone: true }, ledger.personal && { touchedAt: at });
}

function rewrote(observer: Observer, page: Page, looks: readonly string[], at: number): void {
  for (const [index, said] of page.said.entries()) {
    const isTakenBack = looks[index] === `undo by ${said.run}`;
    if (isTakenBack && !said.takenBack) write(observer, page, at, 'disown', ` (what run ${said.run} said)`);
    said.takenBack = isTakenBack;
  }
  page.halfUndone = false;
}
