import { test } from 'vitest';
import type { Bug } from '../../../../src/model/bug.js';
import { aBug } from '../../../../src/testing/bug.js';
import { trackerContract } from '../../../../src/testing/contract.js';
import { quietCall, type Seed, type Subject } from '../../../../src/testing/subject.js';
import { openFileTracker } from '../../../../src/trackers/file/tracker.js';
import { updateBug } from '../../../../src/trackers/file/update.js';
import { aFile, anEnv, NOW, snapshotText } from './given.js';

const PERSON = { id: 'U_1', name: 'user-0001', kind: 'human' } as const;
const LATER = '2026-11-22T10:00:00Z';

async function make(seeds: readonly Seed[]): Promise<Subject> {
  const list = seeds.map(asBug);
  const file = await aFile(snapshotText(list));
  const change = async (ref: string, changed: (bug: Bug) => Bug) => {
    await updateBug(file, ref, { signal: quietCall().signal, pause: () => Promise.resolve() }, changed);
  };
  return {
    tracker: openFileTracker({ type: 'file', path: file.path }, anEnv({ name: 'contract' })),
    refs: list.map(({ ref }) => ref),
    name: 'contract',
    personComments: (ref, text) =>
      change(ref, (bug) => ({
        ...bug,
        events: [...bug.events, { at: LATER, kind: 'commented', actor: PERSON, value: text, id: 'p1' }],
      })),
    personReopens: (ref) =>
      change(ref, (bug) => ({ ...bug, state: 'open', events: [...bug.events, { at: LATER, kind: 'reopened', actor: PERSON }] })),
    dispose: () => Promise.resolve(),
  };
}

function asBug({ title, createdAt, target, closed }: Seed, index: number): Bug {
  const bug = aBug({ ref: `acme/app#${index + 1}`, createdAt, targets: target ? [{ name: target, state: 'open' }] : [] });
  const events = closed ? [{ at: NOW, kind: 'closed' as const, actor: PERSON }] : [];
  return { ...bug, title, events, state: closed ? 'closed' : 'open' };
}

for (const { name, run } of trackerContract(make)) test(name, run);
