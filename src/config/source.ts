import { BugpruneError } from '../errors.js';
import type { RecognizeContext, Recognized, TrackerDescriptor } from '../trackers/tracker.js';

/** Understands what a person pasted, by asking each tracker in turn. Throws `usage` when none knows it. */
export function recognize(text: string, descriptors: readonly TrackerDescriptor[], context: RecognizeContext): Recognized {
  if (/\.(json|md|txt)$/i.test(text)) throw isReport(text);
  for (const descriptor of descriptors) {
    const recognized = descriptor.recognize(text.trim(), context);
    if (recognized) return recognized;
  }
  throw new BugpruneError('usage', `"${text}" is no source that bugprune knows.`, { hint: hintFor(text, context) });
}

function isReport(text: string): BugpruneError {
  const hint = text.endsWith('.json') ? `To carry it out: bugprune prune ${text}` : 'Only a JSON report can be carried out.';
  return new BugpruneError('usage', `${text} is a report, not a source.`, { hint });
}

function hintFor(text: string, { isFile }: RecognizeContext): string {
  if (/^http:/i.test(text)) return 'Plain http is for this machine only: use https.';
  if (isFile(text)) return 'A snapshot ends in .ndjson; bugprune snapshot makes one.';
  return 'Expected the URL of a repository or a Jira project, owner/repo, jira:SITE/KEY, or the path of a snapshot (.ndjson).';
}

/** Each source once, with a name of its own: a second `acme/app` becomes `acme/app (2)`. */
export function nameSources(sources: readonly Recognized[]): [name: string, settings: Recognized['settings']][] {
  const taken = new Map<string, number>();
  const each = new Map(sources.map((source) => [JSON.stringify(source.settings).toLowerCase(), source]));
  return [...each.values()].map(({ name: given, settings }) => {
    // The one name that an object does not keep as a key, and a snapshot may have it.
    const name = given === '__proto__' ? 'proto' : given;
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
