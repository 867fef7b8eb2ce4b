import type { Instant } from '../model/instant.js';
import type { ReportBug } from '../report/document.js';
import type { Receipt } from '../trackers/tracker.js';
import type { JournalLine, Outcome, RunHeader, Step, TakeBack } from './document.js';
import { LineError } from './failure.js';

/** Where a run stands with one of its bugs. */
export interface BugState {
  readonly tracker: string;
  readonly ref: string;
  /** What was to be done: a proposal of a prune, or what an undo takes back. */
  readonly plan: ReportBug | TakeBack;
  /** Of what is known to have been written, in that order. */
  readonly receipts: readonly Receipt[];
  /** The steps known to be done. */
  readonly done: readonly Step[];
  /** The write that was announced and of which nobody knows what became. */
  readonly pending: Step | null;
  /** The latest; null where its turn has not come, or was cut short. */
  readonly outcome: Outcome | null;
}

/** Where a run stands: all that its journal says. */
export interface RunState {
  readonly header: RunHeader;
  /** In the order of the plan. */
  readonly bugs: readonly BugState[];
  /** null: it crashed, or is still at work. */
  readonly end: 'finished' | 'interrupted' | 'failed' | null;
  /** The latest instant in the journal. */
  readonly lastAt: Instant;
}

/** A line that cannot follow those before it; lines count from 1. */
export class FoldError extends LineError {
  override readonly name = 'FoldError';
}

/** What a journal's lines add up to. Pure. Throws a {@link FoldError} with the line that cannot follow those before it. */
export function fold(lines: readonly JournalLine[]): RunState {
  const [header, ...others] = lines;
  const folding = startFold(header);
  for (const line of others) folding.add(line);
  return folding.state();
}

/** A journal that is being added up, line by line. */
export interface Folding {
  /** Throws a {@link FoldError} for a line that cannot follow, and then stands where it stood before. */
  add(line: JournalLine): void;
  state(): RunState;
}

/** A bug, as long as lines are added. `open`: the steps that were announced and are not known to be done, the latest one last. */
interface Entry {
  readonly plan: ReportBug | TakeBack;
  readonly receipts: Receipt[];
  readonly done: Step[];
  readonly open: Step[];
  outcome: Outcome | null;
  /** The run had been taken up again so many times when the outcome was known. */
  outcomeAfter: number;
}

interface Run {
  readonly header: RunHeader;
  readonly entries: Map<string, Entry>;
  writing: boolean;
  resumed: number;
  end: RunState['end'];
  lastAt: Instant;
}

/** Starts to add up a journal with its first line. */
export function startFold(first: JournalLine | undefined): Folding {
  if (first === undefined) throw new FoldError(1, 'a journal begins with a "run" line; found none');
  if (first.line !== 'run') throw new FoldError(1, `a journal begins with a "run" line; found "${first.line}"`);
  if (first.version !== 1) throw new FoldError(1, `expected version 1; found ${JSON.stringify(first.version)}`);
  const run: Run = { header: first, entries: new Map(), writing: false, resumed: 0, end: null, lastAt: first.startedAt };
  let number = 1;
  return {
    add: (line) => {
      const problem = take(run, line);
      if (problem !== null) throw new FoldError(number + 1, problem);
      number++;
      if ('at' in line && line.at > run.lastAt) run.lastAt = line.at;
    },
    state: () => stateOf(run),
  };
}

/** Adds a line, or says why it cannot follow. */
function take(run: Run, line: JournalLine): string | null {
  if (run.end !== null && line.line !== 'resumed') return `"${line.line}" after the end; only "resumed" may follow`;
  switch (line.line) {
    case 'run':
      return 'a second "run" line; a journal holds one run';
    case 'plan':
      return run.header.kind === 'prune' ? planned(run, line.bug) : 'a "plan" line; an undo has "take-back" lines';
    case 'take-back':
      return run.header.kind === 'undo' ? planned(run, line) : 'a "take-back" line; a prune has "plan" lines';
    case 'resumed':
      run.resumed++;
      run.end = null;
      return null;
    case 'end':
      run.end = line.reason;
      return null;
    default:
      return ofBug(run, line);
  }
}

function planned({ entries, writing }: Run, plan: ReportBug | TakeBack): string | null {
  const key = keyOf(plan);
  if (writing) return `${plan.ref} of ${plan.tracker} joins the plan after the first "intent"`;
  if (entries.has(key)) return `${plan.ref} of ${plan.tracker} is planned already`;
  entries.set(key, { plan, receipts: [], done: [], open: [], outcome: null, outcomeAfter: 0 });
  return null;
}

type LineOfBug = Extract<JournalLine, { line: 'intent' | 'done' | 'result' }>;

function ofBug(run: Run, line: LineOfBug): string | null {
  const entry = run.entries.get(keyOf(line));
  if (!entry) return `"${line.line}" of ${line.ref} of ${line.tracker}, which is not planned`;
  if (line.line === 'result') return concluded(run, entry, line);
  if (!STEPS[run.header.kind].includes(line.step)) return `the step "${line.step}" in ${KINDS[run.header.kind]}`;
  return line.line === 'done' ? written(entry, line) : announced(run, entry, line.step);
}

const STEPS: Record<RunHeader['kind'], readonly Step[]> = { prune: ['comment', 'close'], undo: ['reopen', 'disown'] };
const KINDS: Record<RunHeader['kind'], string> = { prune: 'a prune', undo: 'an undo' };

/** A run that was taken up again may try again what nobody knows the end of. */
function announced(run: Run, { open }: Entry, step: Step): null {
  run.writing = true;
  remove(open, step);
  open.push(step);
  return null;
}

function written({ open, done, receipts }: Entry, line: Extract<LineOfBug, { line: 'done' }>): string | null {
  const { step, receipt, ref } = line;
  const wantsReceipt = STEPS.prune.includes(step);
  if (!open.includes(step)) return `"${step}" of ${ref} is done without an "intent" before it`;
  if (wantsReceipt && receipt === null) return `"${step}" of ${ref} is done without a receipt`;
  if (!wantsReceipt && receipt !== null) return `"${step}" of ${ref} has a receipt, and what an undo does has none`;
  remove(open, step);
  if (!done.includes(step)) done.push(step);
  if (receipt !== null) receipts.push(receipt);
  return null;
}

function concluded({ resumed }: Run, entry: Entry, line: Extract<LineOfBug, { line: 'result' }>): string | null {
  if (entry.outcome !== null && entry.outcomeAfter === resumed)
    return `a second "result" of ${line.ref} without "resumed" between`;
  const { at, status, detail } = line;
  entry.outcome = { at, status, detail };
  entry.outcomeAfter = resumed;
  return null;
}

function remove(steps: Step[], step: Step): void {
  const index = steps.indexOf(step);
  if (index >= 0) steps.splice(index, 1);
}

const keyOf = ({ tracker, ref }: { readonly tracker: string; readonly ref: string }): string => JSON.stringify([tracker, ref]);

function stateOf({ header, entries, end, lastAt }: Run): RunState {
  const bugs = [...entries.values()].map(({ plan, receipts, done, open, outcome }) => ({
    tracker: plan.tracker,
    ref: plan.ref,
    plan,
    receipts: [...receipts],
    done: [...done],
    pending: open.at(-1) ?? null,
    outcome,
  }));
  return { header, bugs, end, lastAt };
}
