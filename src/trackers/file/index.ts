import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { RecognizeContext, Recognized, TrackerDescriptor } from '../tracker.js';

const settings = z.strictObject({
  type: z.literal('file').describe('A snapshot file, as `bugprune snapshot` writes it.'),
  path: z.string().min(1).describe('The file (NDJSON). A relative path starts at the folder of the configuration.'),
});

/** Settings of the snapshot tracker. */
export type FileSettings = z.output<typeof settings>;

/** The tracker that is a file: a backlog with its history, to report on, to try things out with, and to prune offline. */
export const fileDescriptor: TrackerDescriptor<FileSettings> = {
  type: 'file',
  settings,
  recognize: recognizeFile,
  open: async (fileSettings, env) => (await import('./tracker.js')).openFileTracker(fileSettings, env),
};

/** A path is ours when a file lies there, when its ending says so, or when `file:` stands before it. */
function recognizeFile(text: string, context: RecognizeContext): Recognized | null {
  const path = pathIn(text.trim());
  if (path === null) return null;
  const explicit = path !== text.trim();
  if (!explicit && !context.isFile(path) && !looksLikeSnapshot(path)) return null;
  return { name: basename(path, extname(path)), settings: { type: 'file', path } };
}

function pathIn(text: string): string | null {
  if (!/^file:/i.test(text)) return text === '' ? null : text;
  if (!/^file:\/\//i.test(text)) return text.slice('file:'.length) || null;
  try {
    return fileURLToPath(text);
  } catch {
    return null;
  }
}

/** Two letters at least before the colon: `C:\backlog.ndjson` is a path, `https://acme.test/backlog.ndjson` is none. */
const ADDRESS = /^[a-z][a-z\d+.-]+:/i;

function looksLikeSnapshot(path: string): boolean {
  return /\.(ndjson|jsonl)$/i.test(path) && !ADDRESS.test(path);
}
