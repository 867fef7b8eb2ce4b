import { enumerate, nearest, quoted } from '../../../model/phrases.js';
import type { Diagnosis } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import type { Place, Survey } from './place.js';

/** Whether there is a type to tell bugs by, in each project. What a project does not tell its types of is left alone. */
export function bugTypes({ places, complete }: Survey, { bugs }: Pick<JiraSettings, 'bugs'>): Diagnosis[] {
  const types = places.flatMap((place) => place.types);
  const used = places.flatMap((place) => place.wantedTypes);
  const unused = complete && used.length > 0 ? bugs.types.filter((name) => !used.includes(name)) : [];
  const none = places.filter((place) => place.types.length > 0 && place.bugTypes.length === 0);
  return [...(none.length > 0 ? [without(none, bugs.types)] : []), ...unused.map((name) => missing(name, types))];
}

function without(places: readonly Place[], names: readonly string[]): Diagnosis {
  const types = new Set(places.flatMap((place) => place.types));
  const keys = enumerate(places.map(({ key }) => key));
  return {
    severity: 'config',
    message: `${keys}: no issue type is called ${quoted(names, 'or')} (bugs), so no bug would be found.`,
    hint: `Set bugs: { types } to the types that are bugs. There are: ${[...types].join(', ')}.`,
  };
}

/** Source: Jira answers 400 to a query with a value that does not exist on the whole site. */
function missing(name: string, types: readonly string[]): Diagnosis {
  return {
    severity: 'config',
    message: `There is no issue type "${name}" (bugs), and where the site has none either, Jira refuses the search for bugs.`,
    hint: `Correct the name, or take it out. ${nearest([name], types, 'issue type')}`,
  };
}
