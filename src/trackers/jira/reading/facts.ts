import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { type Resolution, resolution, statuses, understand } from '../transport/answers.js';
import { type Once, once } from '../transport/once.js';
import type { Session } from '../transport/session.js';
import { type StatusMap, statusMap } from './category.js';
import { type FurtherFields, furtherFields } from './further.js';
import { type ProjectFacts, readProject } from './project.js';

/** What is asked of a site once. */
export interface Facts {
  readonly session: Once<Session>;
  readonly statuses: Once<StatusMap>;
  readonly further: Once<FurtherFields>;
  /** The site's resolutions. */
  readonly resolutions: Once<readonly Resolution[]>;
  /** By key; throws `not-found` for a project that we may not see. */
  project(key: string, call: Call): Promise<ProjectFacts>;
}

const resolutionList = z.array(resolution);

/** The facts about a site. Nothing is asked yet. */
export function openFacts(settings: JiraSettings, session: Once<Session>): Facts {
  const projects = new Map<string, Once<ProjectFacts>>();
  return {
    session,
    statuses: once(async (call) => {
      const { api } = await session(call);
      return statusMap(understand(statuses, await api.read({ path: '/status' }, call), 'its statuses'));
    }),
    further: once(async (call) => furtherFields(settings.targets, (await session(call)).api, call)),
    resolutions: once(async (call) => {
      const { api } = await session(call);
      return understand(resolutionList, await api.read({ path: '/resolution' }, call), 'its resolutions');
    }),
    project(key, call) {
      const name = key.toUpperCase();
      const ask = projects.get(name) ?? once(async (first) => readProject(await session(first), settings, key, first));
      projects.set(name, ask);
      return ask(call);
    },
  };
}

/**
 * The facts about the projects of the settings, by id. One that cannot be read is told as a `problem`; throws when none can be, and
 * when none of them has a type of issue that the settings call a bug.
 */
export async function configuredProjects(settings: JiraSettings, facts: Facts, call: Call): Promise<Map<string, ProjectFacts>> {
  const projects = new Map<string, ProjectFacts>();
  const errors: TrackerError[] = [];
  for (const key of settings.projects) {
    try {
      const project = await facts.project(key, call);
      projects.set(project.id, project);
    } catch (error) {
      if (!(error instanceof TrackerError) || error.kind === 'auth') throw error;
      errors.push(error);
    }
  }
  const [first] = errors;
  if (projects.size === 0 && first) throw first;
  for (const error of errors) call.on({ type: 'problem', error });
  requireBugType(settings, [...projects.values()]);
  return projects;
}

/** A wrong name of a type would look like a project without bugs. */
function requireBugType({ bugs }: JiraSettings, projects: readonly ProjectFacts[]): void {
  const names = new Set(projects.flatMap(({ typeNames }) => typeNames));
  if (names.size === 0 || projects.some(({ bugTypes }) => bugTypes.size > 0)) return;
  const keys = projects.map(({ key }) => key).join(', ');
  throw new TrackerError('validation', `No issue type of ${keys} is called ${bugs.types.join(' or ')}.`, {
    hint: `Set bugs.types to the types that are bugs. There are: ${[...names].join(', ')}`,
  });
}
