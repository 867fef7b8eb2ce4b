import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { Bug } from '../../src/model/bug.js';
import { aBug, quietCall, type Seed, type Subject, trackerContract } from '../../src/testing.js';
import { snapshotHeader } from '../../src/trackers/file/format.js';
import { fileDescriptor } from '../../src/trackers/file/index.js';
import { writeSnapshot } from '../../src/trackers/file/write.js';
import { surroundings, tickingClock } from './surroundings.js';

const START = '2026-11-22T09:00:00Z';
const PERSON = { id: 'mona', name: 'mona', kind: 'human' } as const;

async function make(seeds: readonly Seed[]): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-'));
  const path = join(folder, 'backlog.ndjson');
  const header = snapshotHeader({ source: 'github:acme/app', takenAt: START, account: 'octocat' });
  const bugs = seeds.map(({ title, createdAt, target, closed }, index) =>
    aBug({
      ref: `acme/app#${index + 1}`,
      title,
      createdAt,
      targets: target ? [{ name: target, state: 'open' }] : [],
      state: closed ? 'closed' : 'open',
      events: closed ? [{ at: createdAt, kind: 'closed', actor: PERSON }] : [],
    }),
  );
  await writeSnapshot(path, header, bugs);
  const now = tickingClock(START);
  const tracker = await fileDescriptor.open({ type: 'file', path }, surroundings({ name: 'backlog', folder, now }));
  /** What a person does to a file: they edit it. */
  const edit = async (ref: string, change: (bug: Bug) => Bug) => {
    const all: Bug[] = [];
    for (const one of bugs) {
      const bug = await tracker.read(one.ref, quietCall());
      all.push(bug.ref === ref ? change(bug) : bug);
    }
    await writeSnapshot(path, header, all);
  };
  return {
    tracker,
    name: 'backlog',
    refs: bugs.map(({ ref }) => ref),
    personComments: (ref, text) =>
      edit(ref, (bug) => ({
        ...bug,
        comments: (bug.comments ?? 0) + 1,
        events: [...bug.events, { at: now(), kind: 'commented', actor: PERSON, value: text }],
      })),
    personReopens: (ref) =>
      edit(ref, (bug) => ({
        ...bug,
        state: 'open',
        status: 'open',
        events: [...bug.events, { at: now(), kind: 'reopened', actor: PERSON }],
      })),
    dispose: () => rm(folder, { recursive: true }),
  };
}

describe('a snapshot file', () => {
  test.each(trackerContract(make).map(({ name, run }) => [name, run] as const))('%s', async (_case, run) => {
    await run();
  });
});
