import { TrackerError } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import { toInstant } from '../../../model/instant.js';
import type { Call, Selection, TrackerEnv } from '../../tracker.js';
import type { MarkBook } from '../closing/mark-book.js';
import type { JiraSettings } from '../settings.js';
import { issue, type JiraIssue, understand } from '../transport/answers.js';
import { isDone } from './category.js';
import { configuredProjects } from './configured.js';
import type { Facts } from './facts.js';
import { wantedFields } from './fields.js';
import { bugsJql } from './jql.js';
import { isBug, toBug } from './map.js';
import { searchPages } from './pages.js';
import { inheritedTargets } from './parents.js';
import type { ProjectFacts } from './project.js';

/** What reading needs: the settings, what is known of the site, and where marks are kept. */
export interface Reading {
  readonly settings: JiraSettings;
  readonly facts: Facts;
  readonly marks: MarkBook;
  readonly env: Pick<TrackerEnv, 'name' | 'now'>;
}

/** All bugs of a selection in the configured projects, oldest first. Every hit is looked at again: an index may lag behind. */
export async function* listBugs(what: Selection, reading: Reading, call: Call): AsyncGenerator<Bug> {
  const { settings, facts } = reading;
  const session = await facts.session(call);
  const projects = await configuredProjects(settings, facts, call, what.within);
  // Without a project there is nothing to ask for: this is the part of others.
  if (projects.size === 0) return;
  const keys = [...projects.values()].map(({ key }) => key);
  const closedSince = what.state === 'closed' ? what.since : undefined;
  const jql = bugsJql({ projects: keys, types: settings.bugs.types, jql: settings.jql, closedSince });
  const fields = wantedFields(session.flavour, await facts.further(call));
  for await (const page of searchPages(session, { jql, fields }, call)) {
    const issues = page
      .flatMap((raw) => understood(raw, call))
      .filter((hit) => isIn(what, hit) && isWanted(hit, projects, settings));
    const bugs = await mapIssues(issues, projects, reading, call);
    call.on({ type: 'read', count: bugs.length });
    yield* bugs;
  }
}

function understood(raw: unknown, call: Call): JiraIssue[] {
  try {
    return [understand(issue, { body: raw }, 'an issue')];
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    call.on({ type: 'problem', error });
    return [];
  }
}

function isWanted(hit: JiraIssue, projects: ReadonlyMap<string, ProjectFacts>, settings: JiraSettings): boolean {
  const project = projects.get(hit.fields.project.id);
  return project !== undefined && isBug(hit, project, settings);
}

/** A time that cannot be understood excludes nothing. */
function isIn(what: Selection, { fields: { status, updated } }: JiraIssue): boolean {
  if (what.state === 'open') return !isDone(status);
  return isDone(status) && (toInstant(updated) ?? what.since) >= what.since;
}

/** The bugs for some issues of known projects. What their parents are planned for is asked for all of them at once. */
export async function mapIssues(
  issues: readonly JiraIssue[],
  projects: ReadonlyMap<string, ProjectFacts>,
  { settings, facts, marks, env }: Reading,
  call: Call,
): Promise<Bug[]> {
  const { self, flavour } = await facts.session(call);
  const further = await facts.further(call);
  const inherited = await inheritedTargets(issues, facts, call);
  return issues.flatMap((found) => {
    const project = projects.get(found.fields.project.id);
    if (!project) return [];
    if (flavour === 'cloud' || found.properties) marks.keep(found.id, found.properties);
    const now = env.now();
    const context = { tracker: env.name, settings, self: self.id, now, project, further, marks: marks.of(found.id) };
    return [toBug(found, { ...context, inherited: inherited.get(found.id) ?? null })];
  });
}
