import { type Config, refuseSharedCredentials, type TrackerEntry } from '../config/load.js';
import { problems } from '../config/problems.js';
import { BugpruneError } from '../errors.js';
import type { RunHeader } from '../journal/document.js';
import type { Tracker } from '../trackers/tracker.js';
import { callFor, openTracker, type World } from './collect.js';

/** Opens a tracker as a run recorded it, whatever is configured today. Throws what {@link recordedEntry} and opening throw. */
export async function openRecorded(header: RunHeader, name: string, config: Config, world: World): Promise<Tracker> {
  const entry = recordedEntry(header, name, config);
  // What the configuration sends to one site does not go to another because a journal says so.
  refuseSharedCredentials([...config.trackers, entry], world.variables);
  return (await openTracker(entry, config.folder, world, callFor(entry, world))).tracker;
}

/**
 * A tracker with the settings that a run recorded. A journal is a file that somebody may have edited: they are checked like those of a
 * configuration. Throws `usage` for settings that are not good, and `config` for a type that the configuration does not know.
 */
export function recordedEntry(
  { run, trackers }: RunHeader,
  name: string,
  { descriptors }: Pick<Config, 'descriptors'>,
): TrackerEntry {
  const recorded = trackers.find((tracker) => tracker.name === name);
  if (!recorded)
    throw new BugpruneError('usage', `The journal of run ${run} speaks of a tracker "${name}" and has no settings for it.`);
  const { type } = recorded.settings;
  const descriptor = descriptors.find((one) => one.type === type);
  if (!descriptor) {
    throw new BugpruneError(
      'config',
      `Run ${run} was made on ${name}, a tracker of the type "${type}", which is not known here.`,
      {
        hint: 'Name the configuration that says where the type comes from: --config FILE',
      },
    );
  }
  const checked = problems(descriptor.settings, recorded.settings);
  if ('data' in checked) return { name, descriptor, settings: checked.data };
  const list = checked.problems.map((problem) => `  ${problem}`).join('\n');
  throw new BugpruneError('usage', `The journal of run ${run} has settings for ${name} that cannot be used:\n${list}`, {
    hint: 'Somebody has edited it, or another version of bugprune wrote it.',
  });
}
