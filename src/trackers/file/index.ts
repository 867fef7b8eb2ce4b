import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecognizeContext, Recognized, TrackerDescriptor } from '../tracker.js';
import { type FileSettings, fileSettings } from './settings.js';

/** The tracker that is a file: a backlog with its history, to report on, to try things out with, and to prune offline. */
export const fileDescriptor: TrackerDescriptor<FileSettings> = {
  type: 'file',
  settings: fileSettings,
  recognize: recognizeFile,
  open: async (settings, env) => (await import('./tracker.js')).openFileTracker(settings, env),
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
