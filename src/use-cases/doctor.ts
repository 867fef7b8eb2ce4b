import type { Config, TrackerEntry } from '../config/load.js';
import { BugpruneError, type ErrorCode } from '../errors.js';
import type { Call, Diagnosis, NamesInUse } from '../trackers/tracker.js';
import { callFor, openTracker, type World } from './collect.js';

/** A diagnosis, or what kept us from making one. `tracker`: it could not be reached, or its answer was not whole. */
export interface Finding extends Omit<Diagnosis, 'severity'> {
  readonly severity: Diagnosis['severity'] | 'tracker';
}

/** What was found out about one tracker. */
export interface Checkup {
  readonly tracker: string;
  readonly type: string;
  readonly findings: readonly Finding[];
}

/**
 * Looks at each tracker of the configuration: can we get in, what may we do, does everything exist that the configuration names?
 * A tracker that fails does not keep the others from being looked at.
 */
export async function doctor(config: Config, world: World): Promise<Checkup[]> {
  const checkups: Checkup[] = [];
  for (const entry of config.trackers) {
    checkups.push({ tracker: entry.name, type: entry.descriptor.type, findings: await examine(entry, config, world) });
  }
  return checkups.map(({ findings, ...one }) => ({ ...one, findings: findings.map((finding) => elsewhere(finding, checkups)) }));
}

/** Rules are for all trackers: a name is wrong only where every one of them says that it does not have it. */
function elsewhere(finding: Finding, checkups: readonly Checkup[]): Finding {
  const { missing, severity } = finding;
  if (missing === undefined || severity !== 'config') return finding;
  const key = JSON.stringify(missing);
  const everywhere = checkups.every(({ findings }) => findings.some((one) => JSON.stringify(one.missing) === key));
  if (everywhere) return finding;
  return { ...finding, severity: 'note', hint: `Nothing to do if it is meant for another tracker. ${finding.hint ?? ''}`.trim() };
}

async function examine(entry: TrackerEntry, { folder, names }: Config, world: World): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { signal, on } = callFor(entry, world);
  const call: Call = { signal, on: (event) => (event.type === 'problem' ? findings.push(failure(event.error)) : on(event)) };
  try {
    const { tracker, as } = await openTracker(entry, folder, world, call);
    findings.push({ severity: 'ok', message: `${tracker.id} knows us as ${as}.` });
    findings.push(...((await tracker.diagnose?.(names, call)) ?? notCompared(entry.descriptor.type, names)));
  } catch (error) {
    if (!(error instanceof BugpruneError) || world.signal.aborted) throw error;
    findings.push(failure(error));
  }
  return findings;
}

/** Adapters may go without a diagnosis; then silence about names must not be taken for praise. */
function notCompared(type: string, names: NamesInUse): Finding[] {
  const used = Object.values(names).flat();
  if (used.length === 0) return [];
  const message = `The names that rules use were not looked for: trackers of the type "${type}" cannot tell which exist.`;
  return [{ severity: 'note', message, hint: 'The reasons in a dry run show what each rule found: bugprune report --json.' }];
}

/** What to do about a failure that says nothing of it. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  credentials: 'Look at the credentials of this tracker, and at what they allow.',
  tracker: 'Try again later. If it stays so, look at the address in the configuration.',
};

/** Failures that are not about the tracker are mistakes in its settings. */
function failure({ code, message, hint }: BugpruneError): Finding {
  const severity = code === 'credentials' || code === 'tracker' ? code : 'config';
  return { severity, message, hint: hint ?? HINTS[code] ?? 'Look at the settings of this tracker.' };
}
