import type { Diagnosis } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { enumerate, nearest, quoted } from './phrases.js';
import type { Survey } from './place.js';

/** Whether there is a type to tell bugs by, in each project. What a project does not tell its types of is left alone. */
export function bugTypes({ places, complete }: Survey, { bugs }: Pick<JiraSettings, 'bugs'>): Diagnosis[] {
  const none = places.filter((place) => place.types.length > 0 && place.bugTypes.length === 0);
  const types = none.flatMap((place) => place.types);
  const anywhere = places.flatMap((place) => place.wantedTypes);
  const nowhere = bugs.types.filter((name) => !anywhere.includes(name));
  return [
    ...(none.length > 0
      ? [
          {
            severity: 'config',
            message: `${enumerate(none.map(({ key }) => key))}: no issue type is called ${quoted(bugs.types)} (bugs), so no bug would be found.`,
            hint: `Set bugs: { types } to the types that are bugs. There are: ${[...new Set(types)].join(', ')}.`,
          } as const,
        ]
      : []),
    ...(anywhere.length > 0 && complete
      ? nowhere.map((name) =>
          missing(
            name,
            places.flatMap((place) => place.types),
          ),
        )
      : []),
  ];
}

/** Source: Jira answers 400 to a query with a value that does not exist on the whole site. */
function missing(name: string, types: readonly string[]): Diagnosis {
  return {
    severity: 'config',
    message: `There is no issue type "${name}" (bugs), and where the site has none either, Jira refuses the search for bugs.`,
    hint: `Correct the name, or take it out. ${nearest([name], types, 'issue type')}`,
  };
}
