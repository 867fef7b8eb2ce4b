import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import type { JournalLine, RunHeader, Step, TakeBack } from '../../../src/journal/document.js';
import type { Receipt } from '../../../src/trackers/tracker.js';
import { anEntry } from '../report/given.js';

/** The instant so many minutes after the run has started. */
export const minute = (minutes: number): string =>
  `${new Date(Date.parse('2026-11-22T09:00:00Z') + minutes * 60_000).toISOString().slice(0, 19)}Z`;

export const RUN = '20261122T090000Z-3f9a2c';

/** The first line of a prune. */
export function aHeader(parts: Partial<RunHeader> = {}): RunHeader {
  return {
    line: 'run',
    version: 1,
    kind: 'prune',
    run: RUN,
    of: null,
    startedAt: minute(0),
    tool: { name: 'bugprune', version: '0.1.0' },
    policyDigest: 'sha256:0000',
    trackers: [{ name: 'app', settings: { type: 'github', repos: ['acme/app'], token: { env: 'ACME_TOKEN' } }, open: 412 }],
    ...parts,
  };
}

/** The first line of an undo of {@link RUN}. */
export const anUndo = (): RunHeader => aHeader({ kind: 'undo', run: '20261122T100000Z-c0ffee', of: RUN });

export const aPlan = (ref: string, tracker = 'app'): JournalLine => ({ line: 'plan', bug: anEntry({ ref, tracker }) });

export const aTakeBack = (ref: string): TakeBack => ({
  line: 'take-back',
  tracker: 'app',
  ref,
  url: `https://github.com/${ref}`,
  title: 'It does not work',
  receipts: [aReceipt('close', ref)],
});

export const aReceipt = (action: Receipt['action'], ref: string, id = 'c1'): Receipt => ({
  action,
  ref,
  recorded: action === 'close' ? 'closed as not_planned' : `comment ${id}`,
  detail: { id },
});

/** Lines of one bug of the tracker `app`, all of the same minute. */
export const linesOf = (ref: string, minutes = 1) => {
  const bug = { tracker: 'app', ref, at: minute(minutes) };
  return {
    intent: (step: Step): JournalLine => ({ line: 'intent', ...bug, step }),
    done: (
      step: Step,
      receipt: Receipt | null = step === 'comment' || step === 'close' ? aReceipt(step, ref) : null,
    ): JournalLine => ({
      line: 'done',
      ...bug,
      step,
      receipt,
    }),
    result: (status: Extract<JournalLine, { line: 'result' }>['status'], detail = ''): JournalLine => ({
      line: 'result',
      ...bug,
      status,
      detail,
    }),
  };
};

export const resumed = (minutes = 2): JournalLine => ({ line: 'resumed', at: minute(minutes) });

export const end = (reason: 'finished' | 'interrupted' | 'failed', minutes = 3): JournalLine => ({
  line: 'end',
  at: minute(minutes),
  reason,
});

/** The lines that close one bug. */
export function closing(ref: string, minutes = 1): JournalLine[] {
  const { intent, done, result } = linesOf(ref, minutes);
  return [intent('comment'), done('comment'), intent('close'), done('close'), result('closed', 'closed as not_planned')];
}

/** A prune of two bugs that came to its end. */
export function aJournal(): JournalLine[] {
  const bugs = ['acme/app#1', 'acme/app#2'];
  return [aHeader(), ...bugs.map((ref) => aPlan(ref)), ...bugs.flatMap((ref, index) => closing(ref, index + 1)), end('finished')];
}

const ways: fc.Arbitrary<(ref: string) => JournalLine[]> = fc.constantFrom(
  (ref: string) => closing(ref),
  (ref: string) => closing(ref).slice(0, 3),
  (ref: string) => closing(ref).slice(0, 1),
  (ref: string) => [...closing(ref).slice(0, 3), linesOf(ref).result('failed', 'no permission')],
  (ref: string) => [linesOf(ref).result('skipped', 'a person has acted on it since')],
  (ref: string) => [linesOf(ref).intent('comment'), ...closing(ref)],
);

/** Prunes as they may come about: bugs closed, skipped and cut short, and all of it tried again after a crash or an end. */
export const journals: fc.Arbitrary<JournalLine[]> = fc
  .record({
    titles: fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 4 }),
    attempts: fc.array(fc.record({ ways: fc.array(ways, { minLength: 4, maxLength: 4 }), ends: fc.boolean() }), { maxLength: 3 }),
  })
  .map(({ titles, attempts }) => {
    const refs = titles.map((_, index) => `acme/app#${index + 1}`);
    const plans = refs.map((ref, index): JournalLine => ({ line: 'plan', bug: anEntry({ ref, title: titles[index] ?? '' }) }));
    const tried = attempts.flatMap(({ ways, ends }, attempt) => [
      ...(attempt === 0 ? [] : [resumed(attempt * 10)]),
      ...refs.flatMap((ref, index) => ways[index]?.(ref) ?? []),
      ...(ends ? [end('interrupted', attempt * 10 + 9)] : []),
    ]);
    return [aHeader(), ...plans, ...tried];
  });

/** A folder that is gone when the test is over. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-journal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
