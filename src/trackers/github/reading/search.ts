import { TrackerError } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import { enumerate } from '../../../model/phrases.js';
import type { Call, Selection } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { RestIssue } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { expectedError } from '../transport/errors.js';
import { READINGS_AT_ONCE } from '../transport/read-gate.js';
import { isReadable, type Repository, repositoriesFor, tellAbout } from './choice.js';
import { listBugs } from './list.js';
import { lookAhead } from './look-ahead.js';
import { type MapContext, toBug } from './map.js';
import { type RepositoryFacts, readRepository } from './repositories.js';

/** After these the other repositories would fail as well, or must not be asked. */
export const CONCERNS_ALL: ReadonlySet<string> = new Set(['auth', 'rate-limit', 'network']);

/** Where is read. `octokit` goes on with what was begun until its call is aborted. */
interface Ground {
  readonly octokit: Octokit;
  readonly api: string;
  readonly settings: GithubSettings;
}

/**
 * The bugs of a selection in all repositories of the settings, without their histories: several repositories are read at a time, and
 * come in the order of the settings or of their names. A repository that cannot be read is told as a problem; when none at all can be,
 * that is thrown.
 */
export async function* search(what: Selection, ground: Ground, context: MapContext, call: Call): AsyncGenerator<Bug> {
  const repositories = await repositoriesFor(what, ground.octokit, ground.settings, call);
  const isNamed = ground.settings.org === undefined;
  const readings = lookAhead(repositories, READINGS_AT_ONCE, (repository) => partsOf(repository, what, ground, context));
  let readable = false;
  let index = 0;
  for (const parts of readings) {
    index++;
    try {
      for await (const { facts, rows } of parts) {
        if (rows === null) {
          if (isNamed) tellAbout([facts], call);
          continue;
        }
        readable = true;
        call.on({ type: 'read', count: rows.length });
        for (const row of rows) yield toBug(row, facts, context);
      }
      readable = true;
    } catch (error) {
      const problem = expectedError(error, call.signal);
      const left = CONCERNS_ALL.has(problem.kind) ? repositories.slice(index) : [];
      if (!readable && index + left.length === repositories.length) throw problem;
      call.on({ type: 'problem', error: problem });
      if (left.length === 0) continue;
      call.on({ type: 'problem', error: new TrackerError(problem.kind, `Not read either: ${enumerate(left.map(nameOf))}.`) });
      return;
    }
  }
}

/** A part of what a repository gives: first that it is there (`rows` is null), then a page of its bugs at a time. */
interface Part {
  readonly facts: RepositoryFacts;
  readonly rows: readonly RestIssue[] | null;
}

async function* partsOf(
  repository: Repository,
  what: Selection,
  { octokit, api, settings }: Ground,
  { words }: MapContext,
): AsyncGenerator<Part> {
  const facts = typeof repository === 'string' ? await readRepository(octokit, repository) : repository;
  yield { facts, rows: null };
  if (!isReadable(facts)) return;
  const place = { octokit, api, repository: facts.nameWithOwner };
  for await (const rows of listBugs(place, what, settings.bugs, words)) yield { facts, rows };
}

function nameOf(repository: Repository): string {
  return typeof repository === 'string' ? repository : repository.nameWithOwner;
}
