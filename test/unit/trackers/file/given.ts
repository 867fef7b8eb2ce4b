import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Bug, Mark } from '../../../../src/model/bug.js';
import { aBug } from '../../../../src/testing/bug.js';
import { formatLine, type SnapshotHeader, snapshotHeader } from '../../../../src/trackers/file/format.js';
import type { SnapshotFile } from '../../../../src/trackers/file/lines.js';
import type { TrackerEnv } from '../../../../src/trackers/tracker.js';

export const NOW = '2026-11-22T09:00:00Z';

export const HEADER: SnapshotHeader = snapshotHeader({ source: 'github:acme/app', takenAt: NOW, account: 'octocat' });

export const MARK: Mark = { run: '20261122T090000Z-c0ffee', action: 'close', policy: 'untargeted' };

/** Bugs `acme/app#1` and so on. */
export function bugs(count: number): Bug[] {
  return Array.from({ length: count }, (_, index) => aBug({ ref: `acme/app#${index + 1}`, title: `Bug ${index + 1}` }));
}

/** A folder that is gone when the test is over. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-file-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with exactly this content, shown as `backlog.ndjson`. */
export async function aFile(content: string | Uint8Array): Promise<SnapshotFile> {
  const path = join(await aFolder(), 'backlog.ndjson');
  await writeFile(path, content);
  return { path, shown: 'backlog.ndjson' };
}

/** A good snapshot as text. */
export function snapshotText(list: readonly Bug[], header: SnapshotHeader = HEADER): string {
  return [header, ...list].map((content) => `${formatLine(content)}\n`).join('');
}

/** A world in which it is {@link NOW} and waiting takes no time. */
export function anEnv(differences: Partial<TrackerEnv> = {}): TrackerEnv {
  return {
    name: 'mine',
    variables: {},
    folder: '/',
    version: '0.0.0',
    now: () => NOW,
    elapsed: () => 0,
    shared: (_key, make) => make(),
    sleep: (_milliseconds, signal) => (signal.aborted ? Promise.reject(signal.reason) : new Promise(setImmediate)),
    secret: () => undefined,
    run: () => Promise.resolve(null),
    ...differences,
  };
}

/** Everything that an iterable yields. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
