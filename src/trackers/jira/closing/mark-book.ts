import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import { understand } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import { PROPERTY, readMarks, type StoredMark } from './marks.js';

/** The marks of issues as they were last read or written, by the id. */
export interface MarkBook {
  /** What is known; none where nothing is. */
  of(id: string): readonly StoredMark[];
  /** Notes the marks among the properties of an issue that was asked for them. */
  keep(id: string, properties: Readonly<Record<string, unknown>> | null | undefined): void;
  /** What the issue holds at this moment. */
  read(id: string, api: Api, call: Call): Promise<readonly StoredMark[]>;
  /** Replaces the marks of an issue. */
  write(id: string, marks: readonly StoredMark[], api: Api, call: Call): Promise<void>;
}

const property = z.object({ value: z.unknown().optional() });

/** An empty book. Issues without marks take no room in it. */
export function newMarkBook(): MarkBook {
  const known = new Map<string, readonly StoredMark[]>();
  const note = (id: string, marks: readonly StoredMark[]): void => {
    if (marks.length > 0) known.set(id, marks);
    else known.delete(id);
  };
  return {
    of: (id) => known.get(id) ?? [],
    keep: (id, properties) => note(id, readMarks(properties?.[PROPERTY])),
    async read(id, api, call) {
      const marks = readMarks(await readProperty(id, api, call));
      note(id, marks);
      return marks;
    },
    async write(id, marks, api, call) {
      await api.write({ method: 'PUT', path: path(id), body: marks, idempotent: true }, call);
      note(id, marks);
    },
  };
}

function path(id: string): string {
  return `/issue/${id}/properties/${PROPERTY}`;
}

/** Jira answers 404 where the property is not set. */
async function readProperty(id: string, api: Api, call: Call): Promise<unknown> {
  try {
    return understand(property, await api.read({ path: path(id) }, call), 'our marks').value;
  } catch (error) {
    if (error instanceof TrackerError && error.kind === 'not-found') return null;
    throw error;
  }
}
