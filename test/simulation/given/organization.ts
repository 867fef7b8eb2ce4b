import { inShard } from '../../../src/model/shard.js';
import { guards } from '../../../src/rules/guards.js';
import { judge, type Ruleset } from '../../../src/rules/judge.js';
import { bindRule } from '../../../src/rules/rule.js';
import { githubDescriptor } from '../../../src/trackers/github/index.js';
import type { Selection, TrackerDescriptor } from '../../../src/trackers/tracker.js';
import { collect, openTracker, type World } from '../../../src/use-cases/collect.js';
import { wouldHistoryDecide } from '../../../src/use-cases/dry-run.js';
import { sharing } from '../../../src/use-cases/sharing.js';
import { type GithubStore, githubStore } from '../../fakes/github/index.js';
import { NOW, RULES } from '../../unit/apply/given.js';

/** Like most policies, this one looks for linked work, so every bug that would be closed has its history read. */
const STRICT: Ruleset = {
  ...RULES,
  guards: [...RULES.guards, ...[bindRule(guards.linkedWork, true)].flatMap((rule) => rule ?? [])],
};

const REPOSITORIES = 5000;
/** One in so many has open issues. */
const ONE_IN = 15;
/** One in so many has hundreds. */
const LARGE_ONE_IN = 900;

const OLD = '2025-03-01T10:00:00Z';
const YOUNG = '2026-11-10T10:00:00Z';

/** An organization as large ones are: most repositories are quiet, a few hundred have a bug or two, a few have hundreds. */
export function anOrganization(): GithubStore {
  const store = githubStore({ now: () => NOW });
  for (let index = 0; index < REPOSITORIES; index++) {
    const name = `acme/repo-${String(index).padStart(4, '0')}`;
    store.addRepository(name, { archived: index % 50 === 24, issuesEnabled: index % 50 !== 36 });
    if (index % ONE_IN === 0) fill(store, name, index % LARGE_ONE_IN === 0 ? 120 + (index % 7) * 40 : 1 + ((index / ONE_IN) % 4));
    else if (index % 5 === 0) store.addIssue(name, { labels: ['bug'], state: 'closed', createdAt: OLD });
  }
  return store;
}

/** Bugs by label or type, planned or not, old or young, some of which were talked about; and other things. */
function fill(store: GithubStore, name: string, count: number): void {
  store.addMilestone(name, { title: 'v2' });
  for (let index = 0; index < count; index++) {
    const seed = name.length + Number(name.slice(-4)) + index;
    const issue = store.addIssue(name, {
      labels: seed % 4 === 0 ? [] : seed % 11 === 0 ? ['feature'] : [seed % 2 === 0 ? 'defect' : 'bug'],
      type: seed % 4 === 0 || seed % 6 === 0 ? 'Bug' : null,
      milestone: seed % 3 === 0 ? 'v2' : null,
      createdAt: seed % 5 === 0 ? YOUNG : OLD,
    });
    if (seed % 7 === 0) store.comment(issue, { by: 'mona', at: YOUNG });
    if (seed % 10 === 0) store.addPullRequest(name, { closes: [issue], createdAt: YOUNG });
  }
}

/** The names of the repositories in which there is anything open to read, in their order. */
export function openPlaces(store: GithubStore): string[] {
  const hasOpen = (name: string) =>
    [...store.repository(name).issues.values()].some(({ state, pullRequest }) => state === 'open' && !pullRequest);
  const readable = [...store.repositories.values()].filter(({ archived, issuesEnabled }) => !archived && issuesEnabled);
  return readable.map(({ owner, name }) => `${owner}/${name}`).filter(hasOpen);
}

/** The refs of all open bugs that can be read. */
export function openBugs(store: GithubStore): string[] {
  return openPlaces(store).flatMap((name) =>
    [...store.repository(name).issues.values()].flatMap(({ number, state, pullRequest, labels, type }) => {
      const isBug = type === 'Bug' || labels.some(({ name: label }) => label === 'bug' || label === 'defect');
      return isBug && state === 'open' && !pullRequest ? [`${name}#${number}`] : [];
    }),
  );
}

/** What makes a bug there: each word is a list of its own. */
const BUGS = { labels: ['bug', 'defect'], types: ['Bug'] };

/** A clock that moves when somebody waits, and when somebody says so. */
interface Clock {
  elapsed(): number;
  pass(milliseconds: number): void;
}

/** A clock at zero. */
export function aClock(): Clock {
  let at = 0;
  return {
    elapsed: () => at,
    pass(milliseconds) {
      at += milliseconds;
    },
  };
}

/** One part of what runs share among them: see {@link inShard}. */
export function part(index: number, count: number): Selection {
  return { state: 'open', within: inShard({ index, count }) };
}

/** Under which circumstances something is read. */
interface Course {
  readonly clock: Clock;
  readonly selection: Selection;
  /** Called for each page of bugs that somebody came to. */
  readonly onPage: () => void;
}

/** What came of it: a verdict with its reasons for each bug, and how many of them needed their history. */
interface Outcome {
  readonly verdicts: readonly string[];
  readonly histories: number;
  readonly failures: readonly string[];
  readonly notes: readonly string[];
}

/** What a command reads of a tracker at an address, and makes of it. */
export async function readVerdicts(
  url: string,
  place: { readonly org: string } | { readonly repos: readonly string[] },
  { clock = aClock(), selection = { state: 'open' }, onPage = () => undefined }: Partial<Course> = {},
): Promise<Outcome> {
  const world = worldWith(clock, onPage);
  const descriptor = githubDescriptor as TrackerDescriptor;
  const settings = githubDescriptor.settings.parse({ type: 'github', url, bugs: BUGS, ...place });
  let histories = 0;
  const { items, failures, notes } = await collect(
    { name: 'app', descriptor, settings },
    (entry, call) => openTracker(entry, '.', world, call),
    world,
    (bug) => {
      const judgement = judge(bug, STRICT, NOW);
      const needsHistory = bug.history === 'unread' && wouldHistoryDecide(judgement);
      if (needsHistory) histories++;
      const reasons = judgement.reasons.map(({ rule, outcome, message }) => `${rule} ${outcome} (${message})`);
      return { item: `${bug.ref} ${judgement.verdict}: ${reasons.join(', ')}`, needsHistory };
    },
    { selections: [selection] },
  );
  return { verdicts: items, histories, failures: failures.map(({ message }) => message), notes };
}

function worldWith({ elapsed, pass }: Clock, onPage: () => void): World {
  const never = new AbortController().signal;
  return {
    now: NOW,
    version: '1.2.3',
    variables: { GITHUB_TOKEN: 'test-token' },
    signal: never,
    abort: never,
    elapsed,
    shared: sharing(),
    sleep: (milliseconds) => Promise.resolve(pass(milliseconds)),
    secret: () => undefined,
    run: () => Promise.resolve(null),
    random: () => '1',
    clean: (text) => text,
    on(event) {
      if (event.type === 'read') onPage();
    },
  };
}
