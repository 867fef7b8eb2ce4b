import { callFor, openTracker, type World } from './collect.js';
import type { Config, TrackerEntry } from './config/load.js';
import { TrackerError } from './errors.js';
import type { Diagnosis } from './trackers/tracker.js';

/** What was found out about one tracker. */
export interface Checkup {
  readonly tracker: string;
  readonly type: string;
  readonly findings: readonly Diagnosis[];
}

/** Looks at each tracker of the configuration: can we get in, what may we do, does everything exist that the configuration names? */
export async function doctor(config: Config, world: World): Promise<Checkup[]> {
  const checkups: Checkup[] = [];
  for (const entry of config.trackers) {
    checkups.push({ tracker: entry.name, type: entry.descriptor.type, findings: await examine(entry, config, world) });
  }
  return checkups;
}

async function examine(entry: TrackerEntry, config: Config, world: World): Promise<Diagnosis[]> {
  const call = callFor(entry, world);
  const findings: Diagnosis[] = [];
  try {
    const { tracker, as } = await openTracker(entry, config.folder, world, call);
    findings.push({ severity: 'ok', message: `${tracker.id} knows us as ${as}` });
    findings.push(...((await tracker.diagnose?.(config.names, call)) ?? []));
  } catch (error) {
    if (!(error instanceof TrackerError) || world.signal.aborted) throw error;
    findings.push(failure(error));
  }
  return findings;
}

/** A tracker that cannot be reached is no fault of the configuration's names, and still nothing works. */
function failure({ code, message, hint }: TrackerError): Diagnosis {
  return { severity: code === 'credentials' ? 'credentials' : 'config', message, ...(hint && { hint }) };
}
