import { count } from '../../model/phrases.js';
import type { History, Outcomes, PastRun } from './document.js';

/** What is particular about a run, in a few words; nothing where it simply did what it was to do. */
export function noteOn(run: PastRun, runs: readonly PastRun[]): string {
  const { kind, of, closed, warned, snoozed, alreadyClosed, skipped, failed, takenBack, left, planned } = run;
  const isUndo = kind === 'undo';
  const missing = planned - closed - warned - snoozed - alreadyClosed - skipped - failed - left - (isUndo ? takenBack : 0);
  const notes = [
    isUndo ? `undo of ${of}` : '',
    someTrackersOnly(run, runs) ? `on ${run.trackers.join(' and ')}` : '',
    run.source === 'tracker' ? 'by the marks on the bugs' : ENDINGS[run.ended ?? 'unknown'],
    counted(missing, 'not reached'),
    counted(snoozed, 'snoozed'),
    counted(alreadyClosed, 'closed already'),
    counted(skipped, 'skipped'),
    counted(failed, 'failed'),
    counted(takenBack, 'taken back'),
    counted(left, 'left alone'),
    isUndo ? '' : fates(run),
  ];
  return notes.filter(Boolean).join(', ');
}

const ENDINGS = {
  finished: '',
  interrupted: 'interrupted',
  failed: 'gave up',
  unknown: 'crashed, or still at work',
} as const;

const counted = (number: number, what: string): string => (number > 0 ? `${number} ${what}` : '');

function someTrackersOnly({ trackers }: PastRun, runs: readonly PastRun[]): boolean {
  return runs.some((other) => other.trackers.join() !== trackers.join());
}

/** What became of what a run closed; nothing where nobody asked, or all is as it was. */
function fates({ reopened = 0, openNow = 0, fixed = 0, answered = 0, unknown = 0 }: PastRun): string {
  const again = reopened === 0 ? '' : `${reopened} reopened (${openNow} open now)`;
  return [again, counted(fixed, 'fixed'), counted(answered, 'answered'), counted(unknown, 'could not be read')]
    .filter(Boolean)
    .join(', ');
}

/** The same of a policy in full: `25 closed, 21 of them ever since, 3 reopened (1 open now), 1 fixed after all, …`. */
export function fatesInWords(some: Outcomes & { readonly closed: number }): string {
  const { closed, stillClosed, reopened, openNow, fixed, answered, comments, votes, unknown } = some;
  const parts = [
    `${closed} closed`,
    counted(stillClosed, 'of them ever since'),
    reopened === 0 ? '' : `${reopened} reopened (${openNow} open now)`,
    counted(fixed, 'fixed after all'),
    answered === 0 ? '' : `${answered} answered (${count(comments, 'comment')})`,
    votes === 0 ? '' : count(votes, 'vote'),
    counted(unknown, 'could not be read'),
  ];
  return parts.filter(Boolean).join(', ');
}

/** What all runs came to: `3 prunes: 59 bugs closed, 3 warned, 15 taken back; …`. */
export function total(runs: readonly PastRun[]): string {
  const prunes = runs.filter(({ kind }) => kind === 'prune');
  const sum = (key: 'closed' | 'warned' | 'snoozed' | 'takenBack' | 'reopened' | 'openNow' | 'fixed' | 'unknown') =>
    prunes.reduce((total, run) => total + (run[key] ?? 0), 0);
  const closed = sum('closed');
  const deeds = [
    `${closed} bug${closed === 1 ? '' : 's'} closed`,
    counted(sum('warned'), 'warned'),
    counted(sum('snoozed'), 'snoozed'),
    counted(sum('takenBack'), 'taken back'),
  ];
  const done = `${prunes.length} prune${prunes.length === 1 ? '' : 's'}: ${deeds.filter(Boolean).join(', ')}`;
  if (prunes.every(({ reopened }) => reopened === undefined)) return `${done}.`;
  const unknown = sum('unknown') > 0 ? `; ${sum('unknown')} could not be read` : '';
  const reopened = sum('reopened') > 0 ? `${sum('reopened')} reopened since, ${sum('openNow')} open now` : 'None reopened since';
  const fixed = sum('fixed') > 0 ? `, ${sum('fixed')} fixed after all` : '';
  return `${done}. ${reopened}${fixed}${unknown}.`;
}

/** A command and what it is good for. */
export interface Step {
  readonly label: string;
  readonly words: readonly string[];
}

/**
 * What to type after a look at the past; where there is none, also how to find it on the trackers. `searched` are the sources that were
 * searched already; null where none was.
 */
export function nextSteps(history: History, searched: readonly string[] | null): Step[] {
  const elsewhere = { label: 'Runs of which no journal is here', words: ['history', '--from-tracker'] };
  const hinted = (history.hints ?? []).length > 0;
  return [
    ...(hinted ? [{ label: 'What other thresholds would have done', words: ['backtest'] }] : []),
    nextStep(history, searched ?? []),
    ...(history.runs.length === 0 && searched === null ? [elsewhere] : []),
  ];
}

function nextStep({ runs }: History, sources: readonly string[]): Step {
  const latest = runs.findLast(({ source }) => source === 'journal');
  if (latest && latest.ended !== 'finished') {
    return { label: 'To finish the latest run', words: finishing(latest, runs) };
  }
  if (latest?.kind === 'prune' && latest.closed + latest.warned + latest.snoozed > 0) {
    return { label: 'To take the latest run back', words: ['undo'] };
  }
  return { label: 'What would be closed now', words: ['report', ...sources] };
}

/** An undo goes on as it began: by the journal of the run, or without it. */
function finishing({ run, of }: PastRun, runs: readonly PastRun[]): string[] {
  if (of === null) return ['prune', '--resume', run];
  const isHere = runs.some((other) => other.run === of && other.source === 'journal');
  return ['undo', of, ...(isHere ? [] : ['--from-tracker'])];
}
