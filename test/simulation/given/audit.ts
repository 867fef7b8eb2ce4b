import { isDeepStrictEqual } from 'node:util';
import type { Report, ReportBug } from '../../../src/report/document.js';
import type { Permitted } from '../../../src/use-cases/prune/prune.js';
import { type Page, pageOf } from './ledger.js';
import type { Observer, WatchedRun } from './observer.js';
import type { Look } from './on-bugs.js';
import type { Stage } from './stage.js';
import { isUnanswered, termsFor } from './terms.js';

/** Compares the tracker with the ledger: nothing has happened that nobody has seen. */
export function auditTracker(observer: Observer, stage: Stage): void {
  for (const page of observer.ledger.pages.values()) {
    const [found, expected] = [stage.look(page.ref), expectedLook(page)];
    if (isDeepStrictEqual(found, expected)) continue;
    observer.complain(page.ref, `the tracker has ${JSON.stringify(found)}, and not ${JSON.stringify(expected)}`);
  }
}

function expectedLook({ open, status, title, labels, assignees, targets, votes, priority, said }: Page): Look {
  const words = said.map(({ action, run, takenBack }) => `${takenBack ? 'undo' : action} by ${run}`);
  return { open, status: open ? status : '', title, labels, assignees, targets, votes, priority, said: words };
}

/** Compares a fresh report with what the rules of the house say to somebody who has only watched. */
export function auditPlan(observer: Observer, { bugs }: Report, now: number): void {
  const { ledger, house, diary } = observer;
  const open = [...ledger.pages.values()].filter((page) => page.open);
  if (bugs.length !== open.length) observer.complain(null, `the report has ${bugs.length} of ${open.length} open bugs`);
  for (const { ref, verdict, policy, reasons } of bugs) {
    const page = pageOf(ledger, ref);
    const terms = termsFor(page, house, ledger, now);
    if (verdict !== 'keep') diary.write(ref, now, `the report says ${verdict}: ${reasons[0]?.message}`);
    const isSame = verdict === terms.verdict && (verdict === 'keep' || policy === terms.policy);
    // What is too young for one policy may be old enough for the next; that it is, is looked at when something is done.
    if (isSame || page.blurred !== null || page.halfUndone) continue;
    const words = reasons.map(({ message }) => message).join('; ');
    observer.complain(ref, `the report says ${verdict} (${words}), and the rules ${terms.verdict} (${terms.why})`);
  }
}

/** The limits are those of the house, and of the plans that exceed them all are refused but what is asked for in portions (--drain). */
export function auditLimits(
  { complain }: Observer,
  { bugs }: Report,
  { allowance: { closes, warnings }, excess }: Permitted,
  most: WatchedRun['most'],
  drain: boolean,
): void {
  if (closes !== most.closes || warnings !== most.warnings)
    complain(null, `${closes} closings and ${warnings} warnings are allowed, and not ${most.closes} and ${most.warnings}`);
  const count = (wanted: string) => bugs.filter(({ verdict }) => verdict === wanted).length;
  const isTooMuch = count('close') > most.closes || count('warn') > most.warnings;
  if ((excess !== null) !== (isTooMuch && !drain))
    complain(null, `${count('close')} closings and ${count('warn')} warnings are ${excess ? 'refused' : 'let through'}`);
}

/** After a run that nothing disturbed: what was proposed is done, as far as nothing has happened to it meanwhile. */
export function auditRun(observer: Observer, run: WatchedRun, proposals: readonly ReportBug[], now: number): void {
  const { ledger, house } = observer;
  for (const { ref, verdict, policy } of proposals) {
    const page = pageOf(ledger, ref);
    const isDone = (verdict === 'close' ? run.closed : run.warned).includes(ref);
    const terms = termsFor(page, house, ledger, now);
    const isExcused = page.touchedAt >= run.plannedAt || terms.verdict !== verdict || terms.policy !== policy;
    if (!isDone && !isExcused && page.blurred === null && !page.halfUndone)
      observer.complain(ref, `the run was to ${verdict} it, and did not`);
  }
}

/**
 * The results of a run are what it has done. What it did before it was cut short, and what was superseded since, a run that is taken up
 * again need not know.
 */
export function auditResults(observer: Observer, run: WatchedRun, { bugs }: Report): void {
  for (const { ref, result } of bugs) {
    if (!result || result.status === 'failed') continue;
    const page = pageOf(observer.ledger, ref);
    const says = { closed: 'close', warned: 'warn' }[String(result.status)] ?? 'nothing';
    const did = run.claimed.has(ref) ? 'close' : run.warned.includes(ref) ? 'warn' : 'nothing';
    const last = page.said.at(-1);
    const stands = page.ourClosing?.run === run.id || (page.open && last?.run === run.id && isUnanswered(page, last));
    if (says !== did && (says !== 'nothing' || stands))
      observer.complain(ref, `the report says that the run did ${says} (${result.detail}); it did ${did}`);
  }
}

/** After an undo that nothing disturbed: nothing is left of the run but where somebody has spoken since. */
export function auditUndo(observer: Observer, id: string, isJournalLost: boolean): void {
  for (const page of observer.ledger.pages.values()) {
    const { ourClosing, open, closedAt, actedAt, touchedAt } = page;
    // What happened within the very second of the closing may be taken for later.
    const isUntouched = ourClosing?.run === id && actedAt < ourClosing.said.at;
    // Without a journal a run is found by its own words only.
    if (isUntouched && !(isJournalLost && ourClosing.said.run !== id))
      observer.complain(page.ref, `the undo of ${id} left it closed`);
    const stands = page.said.filter(({ run, takenBack, at }) => run === id && !takenBack && open && closedAt < at);
    for (const { action } of stands) observer.complain(page.ref, `the undo of ${id} left its word standing: ${action}`);
    const isLost = isJournalLost && observer.ledger.personal;
    if (page.halfUndone && open && !isLost && page.said.at(-1)?.run === id && touchedAt <= page.bareSince)
      observer.complain(page.ref, `the undo of ${id} left it open under a comment that says it is closed`);
  }
}
