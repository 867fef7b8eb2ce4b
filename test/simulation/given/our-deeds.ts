import type { Mark } from '../../../src/model/bug.js';
import type { HousePolicy } from './house.js';
import type { Page } from './ledger.js';
import type { Observer } from './observer.js';
import { isUnanswered, objection, standingWarning } from './terms.js';

/** What is wrong; whatever else stands in the list is nothing. */
type Wrongs = readonly (string | null | false | undefined)[];

function complainOf({ complain }: Observer, { ref }: Page, wrongs: Wrongs): void {
  for (const wrong of wrongs) if (typeof wrong === 'string') complain(ref, wrong);
}

function write(observer: Observer, { ref }: Page, at: number, what: string, more = ''): void {
  observer.writes.push({ at, what: `${what} ${ref}` });
  observer.diary.write(ref, at, `BUGPRUNE ${what}s it${more}`);
}

/** Bugprune has commented: a warning, or that it closes the bug. */
export function commented(observer: Observer, page: Page, { action, run: id, policy: name }: Mark, at: number): void {
  if (action !== 'close' && action !== 'warn') throw new Error(`nobody asked for a comment that says "${action}"`);
  const { atWork: run, house } = observer;
  write(observer, page, at, action === 'warn' ? 'warn' : 'announce', ` (${name}, run ${id})`);
  if (action === 'warn') run?.warned.push(page.ref);
  const last = page.said.findLast((said) => said.action === action && !said.takenBack);
  const isSaidTwice = last && isUnanswered(page, last) && (action === 'close' || last.policy === name);
  const policy = house.policies.find((one) => one.name === name);
  complainOf(observer, page, [
    run?.id !== id && `a comment of run ${id}, which is not at work`,
    run && run.warned.length > run.most.warnings && `the run warns ${run.warned.length} of ${run.most.warnings}`,
    isSaidTwice && `a second comment that says "${action}", and nobody has answered the first`,
    !policy && `a comment under the policy "${name}", which does not exist`,
    policy && although(action, objectionTo(action, page, policy, observer, at)),
    isTouchedSinceReport(observer, page) && `a comment that says "${action}" although a person has touched it since the report`,
  ]);
  page.said.push({ action, run: id, policy: name, at, takenBack: false });
}

/** Bugprune has closed it, or tried to close what it had closed before. */
export function closed(observer: Observer, page: Page, at: number): void {
  const { house, ledger, atWork: run } = observer;
  run?.claimed.add(page.ref);
  if (!page.open && page.ourClosing) return;
  write(observer, page, at, 'close');
  const said = page.said.findLast(({ action, takenBack }) => action === 'close' && !takenBack);
  const against = house.policies.map((policy) => objectionTo('close', page, policy, observer, at));
  run?.closed.push(page.ref);
  complainOf(observer, page, [
    !(said && isUnanswered(page, said)) && 'closed without a word that stands',
    !run && 'closed, and no run is at work',
    run && run.closed.length > run.most.closes && `the run closes ${run.closed.length} of ${run.most.closes}`,
    !against.includes(null) && although('close', against.join('; ')),
    isTouchedSinceReport(observer, page) && 'closed although a person has touched it since the report',
  ]);
  if (said) page.ourClosing = { run: run?.id ?? '', at, said };
  Object.assign(page, { open: false, closedAt: at }, ledger.personal && { touchedAt: at });
}

const although = (action: string, against: string | null): string | null => against && `${action}, although ${against}`;

function isTouchedSinceReport({ atWork }: Observer, { touchedAt }: Page): boolean {
  return atWork !== null && touchedAt > atWork.plannedAt;
}

/** What speaks, at this very moment, against what a policy does; null when nothing does. */
function objectionTo(
  action: 'close' | 'warn',
  page: Page,
  policy: HousePolicy,
  { house, ledger }: Observer,
  at: number,
): string | null {
  return objection(page, policy, house, ledger, at) ?? (action === 'close' ? warningObjection(page, policy, at) : null);
}

function warningObjection(page: Page, { name, warn }: HousePolicy, at: number): string | null {
  if (warn === null) return null;
  const warning = standingWarning(page, name);
  if (!warning) return 'no warning stands that nobody has answered';
  return at - warning.at < warn ? 'the warning is young' : null;
}

/** Bugprune has opened it again, or tried to open what is open. */
export function reopened(observer: Observer, page: Page, at: number): void {
  if (page.open) return;
  const { ledger, undoing, runs } = observer;
  write(observer, page, at, 'reopen');
  const { ourClosing: closing } = page;
  const whose = [closing?.run, closing?.said.run];
  const isTheirs = whose.includes(undoing ?? '') || runs.get(undoing ?? '')?.claimed.has(page.ref);
  complainOf(observer, page, [
    undoing === null && 'reopened, and nobody takes anything back',
    !closing && 'reopened, and it was not we who closed it',
    closing && !isTheirs && `reopened, and it was run ${closing.run} that closed it`,
    closing && page.actedAt > closing.at && 'reopened although a person has touched it since',
  ]);
  Object.assign(page, { open: true, bareSince: at, ourClosing: null, halfUndone: true }, ledger.personal && { touchedAt: at });
}

/** Bugprune has rewritten one of its comments: `looks` says what all of them say now. */
export function rewrote(observer: Observer, page: Page, looks: readonly string[], at: number): void {
  for (const [index, said] of page.said.entries()) {
    const isTakenBack = looks[index] === `undo by ${said.run}`;
    if (isTakenBack && !said.takenBack) write(observer, page, at, 'disown', ` (what run ${said.run} said)`);
    said.takenBack = isTakenBack;
  }
  page.halfUndone = false;
}
