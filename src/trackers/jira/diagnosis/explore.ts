import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { cleanText } from '../../../model/text.js';
import { bugFit } from '../../../model/vocabulary.js';
import type { Call, Exploration, Sign } from '../../tracker.js';
import type { Facts } from '../reading/facts.js';
import type { JiraSettings } from '../settings.js';
import { understand } from '../transport/answers.js';
import { type Place, readPlace } from './place.js';

const priorities = z.array(z.object({ name: z.string().transform(cleanText) }));

/** Looks around in the projects of the settings for a first configuration. */
export async function explore(settings: JiraSettings, facts: Facts, call: Call): Promise<Exploration> {
  const session = await facts.session(call);
  const places: Place[] = [];
  const errors: TrackerError[] = [];
  for (const key of settings.projects) {
    try {
      places.push(await readPlace(session, settings, key, call));
    } catch (error) {
      if (!(error instanceof TrackerError) || error.kind === 'auth') throw error;
      errors.push(error);
    }
  }
  const [first] = errors;
  if (places.length === 0 && first) throw first;
  for (const error of errors) call.on({ type: 'problem', error });
  const answer = await session.api.read({ path: '/priority' }, call);
  return {
    signs: signs(places),
    targets: distinct(places.flatMap(({ versions }) => versions.map(({ name }) => name))),
    priorities: understand(priorities, answer, 'its priorities').map(({ name }) => name),
    settings: {},
  };
}

/** Types as they are shown to us; that of the default, which a type may have in English only, by that name. */
function signs(places: readonly Place[]): Sign[] {
  const wanted = distinct(places.flatMap((place) => place.wantedTypes));
  const others = distinct(places.flatMap(({ types, bugTypes }) => types.filter((name) => !bugTypes.includes(name))));
  return [
    ...wanted.map((name): Sign => ({ kind: 'type', name, fit: 'plain' })),
    ...others.map((name): Sign => ({ kind: 'type', name, fit: bugFit(name) })),
  ];
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
