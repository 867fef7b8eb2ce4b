import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { BugpruneError } from '../errors.js';
import { isLoopback } from '../model/loopback.js';
import { nameMatcher } from '../model/text.js';
import type { Policy, Ruleset } from '../rules/judge.js';
import { bindRule, type Rule } from '../rules/rule.js';
import { DESCRIPTORS } from '../trackers/index.js';
import type { NamesInUse, RecognizeContext, Recognized, TrackerDescriptor } from '../trackers/tracker.js';
import { loadExtensions } from './extensions.js';
import { type Found, findConfig } from './find.js';
import { namesInUse } from './names.js';
import { problems } from './problems.js';
import { BUILT_IN_RULES, type ConfigFile, configSchema } from './schema.js';
import { nameSources, recognize } from './source.js';

/** One tracker that is to be opened. */
export interface TrackerEntry {
  readonly name: string;
  readonly descriptor: TrackerDescriptor;
  readonly settings: unknown;
}

/** Everything a command needs to know, checked and with defaults. */
export interface Config {
  readonly file: string | null;
  readonly folder: string;
  readonly trackers: readonly TrackerEntry[];
  readonly descriptors: readonly TrackerDescriptor[];
  readonly rules: Ruleset;
  /** What a prune may do at most; `share` in percent of the open bugs, `surge` as a multiple of what the last runs closed. */
  readonly limits: ConfigFile['limits'];
  /** Whether a name is that of a machine user. */
  readonly isBot: ((name: string) => boolean) | null;
  /** Report formats of the user's own, by name; their contract is the report room's. */
  readonly formats: Readonly<Record<string, unknown>>;
  /** What the file names, for `doctor`. */
  readonly names: NamesInUse;
  /** `sha256:…` of the policies: targets, bots, keep and policies. Not of the limits: they say how many, not which. */
  readonly policyDigest: string;
}

/** What the command line says about the configuration. */
export interface ConfigRequest {
  /** --config FILE */
  readonly file: string | null;
  readonly cwd: string;
  /** Sources on the command line; they replace the trackers of the file. */
  readonly sources: readonly string[];
  /** --tracker NAME: only these. */
  readonly only: readonly string[];
  readonly context: RecognizeContext;
  /** The bug that is asked about, as it was named, where it is only one: then its source may be named by it too. */
  readonly about: string | null;
  /** A source for when none is named and none configured: the git remote `origin`. */
  fallback(): Promise<string | null>;
  /** Where none is named and none configured, go without: what is asked for stands in journals. */
  readonly mayLackTrackers?: boolean;
}

/** Files and flags → one checked {@link Config}. Throws `config` with all problems of the file at once, or `usage`. */
export async function loadConfig(request: ConfigRequest): Promise<Config> {
  const found = await findConfig(request.file, request.cwd);
  const extensions = await loadExtensions(found);
  const descriptors = [...extensions.descriptors, ...DESCRIPTORS];
  const rules = [...BUILT_IN_RULES, ...extensions.rules];
  const file = check(found, { descriptors, rules }, extensions.content);
  return {
    file: found.file,
    folder: found.folder,
    trackers: await chooseTrackers(file, descriptors, rules, request),
    descriptors,
    rules: ruleset(file, rules),
    limits: file.limits,
    isBot: file.bots.length > 0 ? nameMatcher(file.bots) : null,
    formats: extensions.formats,
    names: namesInUse(found.content),
    policyDigest: digest(file),
  };
}

function check(found: Found, parts: Parameters<typeof configSchema>[0], content: unknown): ConfigFile {
  const result = problems(configSchema(parts), content);
  if ('data' in result) return result.data;
  const list = result.problems.map((problem) => `  ${problem}`).join('\n');
  throw new BugpruneError('config', `${found.file ?? 'The source'} has ${count(result.problems.length, 'problem')}:\n${list}`, {
    hint: 'Run "bugprune schema config" for the JSON Schema; .bugprunerc.example shows every key.',
  });
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

async function chooseTrackers(
  file: ConfigFile,
  descriptors: readonly TrackerDescriptor[],
  rules: readonly Rule[],
  request: ConfigRequest,
): Promise<TrackerEntry[]> {
  const settings = request.sources.length > 0 ? fromSources(request.sources, descriptors, rules, request) : file.trackers;
  const enough = Object.keys(settings).length > 0 || request.mayLackTrackers;
  const named = enough ? settings : fromSources(await lastResort(request), descriptors, rules, request);
  const entries = Object.entries(named).map(([name, one]) => ({
    name,
    descriptor: descriptorOf(one.type, descriptors),
    settings: one,
  }));
  const unknown = request.only.filter((name) => !entries.some((entry) => entry.name === name));
  // Journals may speak of trackers that are no longer configured.
  if (unknown.length > 0 && !request.mayLackTrackers) {
    throw new BugpruneError('usage', `There is no tracker named ${unknown.join(', ')}.`, {
      hint: `There are ${entries.map(({ name }) => name).join(', ')}.`,
    });
  }
  const chosen = entries.filter(({ name }) => request.only.length === 0 || request.only.includes(name));
  refuseSharedCredentials(chosen, request.context.variables);
  return chosen;
}

/** A variable holds the credentials of one site; nobody can tell of which when two would get them. Throws `config`. */
export function refuseSharedCredentials(entries: readonly TrackerEntry[], variables: RecognizeContext['variables']): void {
  const sent = new Map<string, { name: string; host: string }>();
  for (const { name, descriptor, settings } of entries) {
    const usual = descriptor.usualCredentials?.(settings, variables) ?? null;
    if (usual === null || isLoopback(usual.host)) continue;
    const other = sent.get(usual.from) ?? { name, host: usual.host };
    sent.set(usual.from, other);
    if (other.host === usual.host) continue;
    throw new BugpruneError(
      'config',
      `${usual.from} would be sent to two sites: by ${other.name} to ${other.host}, by ${name} to ${usual.host}.`,
      {
        hint: 'Name a variable for each in its settings: token: { env: ACME_TOKEN }',
      },
    );
  }
}

function descriptorOf(type: unknown, descriptors: readonly TrackerDescriptor[]): TrackerDescriptor {
  const descriptor = descriptors.find((one) => one.type === type);
  if (!descriptor) throw new Error(`the schema let an unknown type through: ${String(type)}`);
  return descriptor;
}

function fromSources(
  sources: readonly string[],
  descriptors: readonly TrackerDescriptor[],
  rules: readonly Rule[],
  request: ConfigRequest,
): ConfigFile['trackers'] {
  // A path on the command line starts at the working folder; in settings, a relative one starts at the configuration's.
  const texts = sources.map((text) => (request.context.isFile(text) ? resolve(request.cwd, text) : withoutCredentials(text)));
  const recognized = texts.map((text) => recognize(text, descriptors, request.context));
  const bug = request.about === null ? recognized.find(({ ref }) => ref !== undefined) : undefined;
  if (bug) throw oneBug(bug);
  const named = nameSources(recognized);
  const found: Found = { file: null, folder: request.cwd, content: {}, named: false };
  return check(found, { descriptors, rules }, { trackers: Object.fromEntries(named) }).trackers;
}

/** An address without the user and the password in it. Git remotes may hold them, and what is not understood is quoted. */
export function withoutCredentials(source: string): string {
  return source.replace(/^([a-z][\w+.-]*:\/\/)[^/]*@/i, '$1');
}

/** Whoever names one bug does not want to close all the others around it. */
function oneBug({ ref, name }: Recognized): BugpruneError {
  return new BugpruneError('usage', `${ref} is one bug, not a source.`, {
    hint: `Why it would be closed or kept: bugprune explain ${ref}. Its whole source: ${name}`,
  });
}

async function lastResort(request: ConfigRequest): Promise<string[]> {
  const source = await request.fallback();
  if (source !== null) return [source];
  throw new BugpruneError(
    'usage',
    'There is nothing to look at: no source, no configuration with trackers, no git remote "origin".',
    {
      hint: 'Name a source: bugprune https://github.com/OWNER/REPO\nOr say once and for all where your bugs are: bugprune init https://github.com/OWNER/REPO',
    },
  );
}

/** What bugs are judged by, as a checked configuration says it. */
export function ruleset(file: ConfigFile, rules: readonly Rule[]): Ruleset {
  const bind = (kind: Rule['kind'], options: Readonly<Record<string, unknown>>) =>
    rules.filter((rule) => rule.kind === kind).flatMap((rule) => bindRule(rule, options[rule.id]) ?? []);
  const policies = file.policies.map(
    (policy): Policy => ({
      name: policy.name,
      criteria: bind('criterion', policy.when),
      guards: bind('guard', policy.keep),
      warn: policy.warn ?? null,
      comment: policy.comment,
      warning: policy.warning,
    }),
  );
  return { isParked: nameMatcher(file.targets.parked), treat: file.targets.treat, guards: bind('guard', file.keep), policies };
}

function digest({ targets, bots, keep, policies }: ConfigFile): string {
  return `sha256:${createHash('sha256').update(JSON.stringify({ targets, bots, keep, policies })).digest('hex')}`;
}
