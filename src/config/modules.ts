import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BugpruneError } from '../errors.js';
import type { Rule } from '../rules/rule.js';
import type { TrackerDescriptor } from '../trackers/tracker.js';
import type { Found } from './find.js';

type Check = (value: unknown, module: Record<string, unknown>) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const callable: Check = (value) => typeof value === 'function';
const schema: Check = (value) => internals(value) !== undefined;

/** What a user's own module must export as its default, told apart by shape before it is trusted. */
const SHAPES: Record<'tracker' | 'rule' | 'format', { describe: string; has: Record<string, [words: string, Check]> }> = {
  tracker: {
    describe: 'a tracker descriptor',
    has: {
      type: ['a text', text],
      settings: ['a zod 4 object whose key "type" is the literal of type', (value, { type }) => hasType(value, type)],
      recognize: ['a function', callable],
      open: ['a function', callable],
    },
  },
  rule: {
    describe: 'a rule',
    has: {
      id: ['a text', text],
      kind: ['"criterion" or "guard"', (value) => value === 'criterion' || value === 'guard'],
      summary: ['a text', text],
      options: ['a zod 4 schema', schema],
      check: ['a function', callable],
    },
  },
  format: { describe: 'a report format', has: { extension: ['a text', text], render: ['a function', callable] } },
};

/** What zod 4 keeps in each schema, whichever copy of it made the schema. */
function internals(value: unknown): { propValues?: Record<string, ReadonlySet<unknown> | undefined> } | undefined {
  return typeof value === 'object' && value !== null && '_zod' in value
    ? (value._zod as ReturnType<typeof internals>)
    : undefined;
}

function hasType(settings: unknown, type: unknown): boolean {
  return internals(settings)?.propValues?.type?.has(type) ?? false;
}

/** Imports a tracker descriptor that the configuration names by path or package. */
export async function importTracker(name: string, found: Found): Promise<TrackerDescriptor> {
  return (await importModule(name, 'tracker', found)) as unknown as TrackerDescriptor;
}

/** Imports a rule. */
export async function importRule(name: string, found: Found): Promise<Rule> {
  return (await importModule(name, 'rule', found)) as unknown as Rule;
}

/** Imports a report format; its contract belongs to the reports, which the configuration does not know. */
export function importFormat(name: string, found: Found): Promise<Record<string, unknown>> {
  return importModule(name, 'format', found);
}

/** Whether a package of this name can be imported from the configuration's folder. */
export function isInstalled(name: string, found: Found): boolean {
  try {
    return isAbsolute(resolveModule(name, found));
  } catch {
    return false;
  }
}

const resolveModule = (name: string, { folder }: Found): string => createRequire(join(folder, 'bugprune.js')).resolve(name);

async function importModule(name: string, shape: keyof typeof SHAPES, found: Found): Promise<Record<string, unknown>> {
  if (!found.named) {
    throw new BugpruneError('config', `${found.file ?? 'The configuration'} names a module to run: ${name}.`, {
      hint: `Code is run only from a configuration named on the command line: --config ${found.file ?? 'FILE'}`,
    });
  }
  let value: unknown;
  try {
    value = ((await import(pathToFileURL(resolveModule(name, found)).href)) as { default?: unknown }).default;
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new BugpruneError('config', `The module ${name}, named in ${found.file}, cannot be loaded: ${message}`, {
      cause: error,
    });
  }
  return checkShape(name, value, shape);
}

function checkShape(name: string, value: unknown, shape: keyof typeof SHAPES): Record<string, unknown> {
  const { describe, has } = SHAPES[shape];
  const module = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const lacking = Object.entries(has).filter(([key, [, check]]) => !check(module[key], module));
  if (lacking.length === 0) return module;
  const list = lacking.map(([key, [words]]) => `${key} (${words})`).join(', ');
  throw new BugpruneError('config', `The default export of ${name} is not ${describe}: it lacks ${list}.`, {
    hint: 'The contract is described in CONTRIBUTING.md and exported from "bugprune".',
  });
}
