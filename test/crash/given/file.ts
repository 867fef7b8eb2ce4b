import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bug } from '../../../src/model/bug.js';
import { aBug } from '../../../src/testing.js';
import { formatLine, snapshotHeader } from '../../../src/trackers/file/format.js';
import { withoutIds } from './look.js';
import type { Kind } from './place.js';

const TAKEN = '2026-11-22T07:00:00Z';
const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;

const BUGS: readonly Bug[] = [
  aBug({ ref: 'acme/app#1', title: 'Old' }),
  aBug({
    ref: 'acme/app#2',
    title: 'Old too',
    status: 'triaged',
    labels: ['bug', 'ux'],
    events: [{ at: '2025-02-01T00:00:00Z', kind: 'commented', actor: MONA, value: 'It still happens.', id: 'c1' }],
  }),
  aBug({ ref: 'acme/app#3', title: 'Planned', targets: [{ name: 'v2', state: 'open' }] }),
  aBug({ ref: 'acme/app#4', title: 'Young', createdAt: '2026-11-20T00:00:00Z' }),
];

/** A snapshot. It has no connection that could break: what can break is the process that writes it. */
export const file: Kind = {
  name: 'a snapshot',
  us: 'us',
  closes: ['acme/app#1', 'acme/app#2'],
  open({ folder }) {
    const path = join(folder, 'backlog.ndjson');
    const header = snapshotHeader({ source: 'github:acme/app', takenAt: TAKEN, account: 'octocat' });
    writeFileSync(path, [header, ...BUGS].map((line) => `${formatLine(line)}\n`).join(''));
    return Promise.resolve({
      tracker: { type: 'file', path },
      env: {},
      look: () => withoutIds(Object.fromEntries(bugsIn(path).map(lookAt))),
      // A lock that stays would keep everybody from the snapshot.
      violations: () => readdirSync(folder).filter((name) => name.includes('.lock')),
      close: () => Promise.resolve(),
    });
  },
};

function bugsIn(path: string): Bug[] {
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Bug);
}

function lookAt({ ref, events, updatedAt: _, comments: __, ...fields }: Bug) {
  const by = ({ actor }: Bug['events'][number]) => (actor?.self ? 'us' : (actor?.name ?? ''));
  const said = events
    .filter(({ kind }) => kind === 'commented')
    .map((event) => ({ by: by(event), text: String(event.value ?? '') }));
  const happened = events.map((event) => `${by(event)}: ${event.kind}`);
  const hidden = events.flatMap(({ mark }) => mark ?? []);
  return [ref, { fields, said, happened, hidden }] as const;
}
