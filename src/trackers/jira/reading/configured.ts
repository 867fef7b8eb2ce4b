import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import type { Facts } from './facts.js';
import type { ProjectFacts } from './project.js';

/**
 * The facts about the projects of the settings, by id; with `within`, about those of which it holds: of the others nothing is asked. One
 * that cannot be read is told as a `problem`; throws when none of all can be, and when none of them has a type of issue that the settings
 * call a bug.
 */
export async function configuredProjects(
  settings: JiraSettings,
  facts: Facts,
  call: Call,
  within?: (place: string) => boolean,
): Promise<Map<string, ProjectFacts>> {
  const keys = settings.projects.filter((key) => within?.(key) ?? true);
  const { projects, errors } = await readProjects(keys, facts, call);
  const [first] = errors;
  if (projects.size === 0 && first && !within) throw first;
  for (const error of errors) call.on({ type: 'problem', error });
  if (within) tellRenamed(projects, within, call);
  await requireBugType(settings, projects, facts, call);
  return projects;
}

async function readProjects(keys: readonly string[], facts: Facts, call: Call) {
  const projects = new Map<string, ProjectFacts>();
  const errors: TrackerError[] = [];
  for (const key of keys) {
    try {
      const project = await facts.project(key, call);
      projects.set(project.id, project);
    } catch (error) {
      if (!(error instanceof TrackerError) || error.kind === 'auth') throw error;
      errors.push(error);
    }
  }
  return { projects, errors };
}

/** Jira goes on answering to the old key of a project. Its bugs have the new one, by which they would be the part of nobody. */
function tellRenamed(projects: ReadonlyMap<string, ProjectFacts>, within: (place: string) => boolean, call: Call): void {
  for (const { key } of projects.values()) {
    if (within(key)) continue;
    const message = `A project of the settings is called ${key} by now, and so belongs to another part.`;
    call.on({ type: 'problem', error: new TrackerError('validation', message, { hint: `Put ${key} into projects.` }) });
  }
}

/** A wrong name of a type would look like a project without bugs. Where only some projects were asked about, it takes the others to tell. */
async function requireBugType(
  settings: JiraSettings,
  some: ReadonlyMap<string, ProjectFacts>,
  facts: Facts,
  call: Call,
): Promise<void> {
  if (some.size === 0 || hasBugType([...some.values()])) return;
  const all = [...(await readProjects(settings.projects, facts, call)).projects.values()];
  if (hasBugType(all)) return;
  const names = new Set(all.flatMap(({ typeNames }) => typeNames));
  const keys = all.map(({ key }) => key).join(', ');
  throw new TrackerError('validation', `No issue type of ${keys} is called ${settings.bugs.types.join(' or ')}.`, {
    hint: `Set bugs.types to the types that are bugs. There are: ${[...names].join(', ')}`,
  });
}

/** Projects that do not tell their types are given the benefit of the doubt. */
const hasBugType = (projects: readonly ProjectFacts[]): boolean =>
  projects.every(({ typeNames }) => typeNames.length === 0) || projects.some(({ bugTypes }) => bugTypes.size > 0);
