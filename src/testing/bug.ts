import type { z } from 'zod';
import { type Bug, bugSchema } from '../model/bug.js';

/** A bug for tests: open, untargeted, old and quiet unless said otherwise. Instants and texts are checked and cleaned as everywhere. */
export function aBug(parts: Partial<z.input<typeof bugSchema>> = {}): Bug {
  const createdAt = parts.createdAt ?? '2024-01-01T00:00:00Z';
  const events = parts.events ?? [];
  const ref = parts.ref ?? 'acme/app#1';
  return bugSchema.parse({
    tracker: 'app',
    ref,
    id: ref,
    url: `https://tracker.example.com/${encodeURIComponent(ref)}`,
    title: 'It does not work',
    state: 'open',
    status: 'open',
    inProgress: false,
    createdAt,
    updatedAt: events.reduce((last, { at }) => (at > last ? at : last), createdAt),
    author: { id: 'reporter', name: 'reporter', kind: 'human' },
    type: null,
    labels: ['bug'],
    priority: null,
    assignees: [],
    targets: [],
    votes: 0,
    comments: events.filter(({ kind }) => kind === 'commented').length,
    linkedWork: [],
    confidential: false,
    obstacle: null,
    closing: null,
    remarks: [],
    events,
    history: 'complete',
    ...parts,
  });
}
