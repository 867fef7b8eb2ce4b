import { BugpruneError } from '../errors.js';
import type { Rule } from '../rules/rule.js';
import { DESCRIPTORS } from '../trackers/index.js';
import type { TrackerDescriptor } from '../trackers/tracker.js';
import type { Found } from './find.js';
import { importFormat, importRule, importTracker, isInstalled } from './modules.js';
import { BUILT_IN_RULES } from './schema.js';

/** What the modules that a configuration names add to bugprune. */
export interface Extensions {
  readonly descriptors: readonly TrackerDescriptor[];
  readonly rules: readonly Rule[];
  /** By the name to use with --format. */
  readonly formats: Readonly<Record<string, unknown>>;
  /** The content with each module's name replaced by the type it stands for. */
  readonly content: unknown;
}

/**
 * Loads the modules that the file names, before its schema can be known. What is not of the right shape is left to the schema.
 * Throws `config` for a module that may not or cannot be loaded, and for one that claims a name that is taken.
 */
export async function loadExtensions(found: Found): Promise<Extensions> {
  const content = asRecord(found.content);
  const trackers = Object.entries(asRecord(content.trackers));
  const types = new Set(trackers.map(([, entry]) => asRecord(entry).type).filter((type) => isModule(type, found)));
  const descriptors = new Map<unknown, TrackerDescriptor>();
  for (const type of types) descriptors.set(type, await importTracker(String(type), found));
  const rules: Rule[] = [];
  for (const name of texts(Array.isArray(content.rules) ? content.rules : [])) rules.push(await importRule(name, found));
  const formats: [string, unknown][] = [];
  for (const [name, path] of Object.entries(asRecord(content.formats))) {
    if (typeof path === 'string') formats.push([name, await importFormat(path, found)]);
  }
  refuseTaken([...DESCRIPTORS, ...descriptors.values()].map(({ type }) => `kind of tracker "${type}"`));
  refuseTaken([...BUILT_IN_RULES, ...rules].map(({ kind, id }) => `${kind} "${id}"`));
  const renamed = trackers.map(([name, entry]) => [name, withType(entry, descriptors)]);
  return {
    descriptors: [...descriptors.values()],
    rules,
    formats: Object.fromEntries(formats),
    content: descriptors.size > 0 ? { ...content, trackers: Object.fromEntries(renamed) } : found.content,
  };
}

/** A path, or a package's name; anything else is a misspelt type, and the schema will say so. */
function isModule(type: unknown, found: Found): boolean {
  if (typeof type !== 'string' || DESCRIPTORS.some((known) => known.type === type)) return false;
  return /^(\.{1,2}\/|\/|@[\w.-]+\/|bugprune-)/.test(type) || (found.named && isInstalled(type, found));
}

function withType(entry: unknown, descriptors: ReadonlyMap<unknown, TrackerDescriptor>): unknown {
  const descriptor = descriptors.get(asRecord(entry).type);
  return descriptor ? { ...asRecord(entry), type: descriptor.type } : entry;
}

function refuseTaken(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new BugpruneError('config', `There are two modules for the ${twice}; each needs a name of its own.`);
}

const texts = (values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string');

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
