import { BugpruneError } from '../errors.js';
import type { RecognizeContext, Recognized, TrackerDescriptor } from '../trackers/tracker.js';

/** Understands what a person pasted, by asking each tracker in turn. Throws `usage` when none knows it. */
export function recognize(text: string, descriptors: readonly TrackerDescriptor[], context: RecognizeContext): Recognized {
  for (const descriptor of descriptors) {
    const recognized = descriptor.recognize(text.trim(), context);
    if (recognized) return recognized;
  }
  throw new BugpruneError('usage', `"${text}" is no source that bugprune knows.`, {
    hint: 'Expected the URL of a repository or project, owner/repo, or the path of a snapshot (.ndjson).',
  });
}

/** Gives each source a name of its own: a second `acme/app` becomes `acme/app (2)`. */
export function nameSources(sources: readonly Recognized[]): [name: string, settings: Recognized['settings']][] {
  const taken = new Map<string, number>();
  return sources.map(({ name, settings }) => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return [count === 1 ? name : `${name} (${count})`, settings];
  });
}

/** What a person typed to name one bug: its ref and, where the text says it, the source to ask. */
export function understandRef(
  text: string,
  descriptors: readonly TrackerDescriptor[],
  context: RecognizeContext,
): { ref: string; source: string | null } {
  for (const descriptor of descriptors) {
    const recognized = descriptor.recognize(text.trim(), context);
    if (recognized?.ref !== undefined) return { ref: recognized.ref, source: text };
  }
  return { ref: text.trim(), source: null };
}
