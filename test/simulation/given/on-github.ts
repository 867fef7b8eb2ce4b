import { expect, onTestFinished } from 'vitest';
import { githubDescriptor } from '../../../src/trackers/github/index.js';
import { githubSettings } from '../../../src/trackers/github/settings.js';
import { formatMarker, parseMarker } from '../../../src/trackers/github/writing/marker.js';
import type { TrackerDescriptor } from '../../../src/trackers/tracker.js';
import { type GithubStore, githubStore, type Issue, type Who as Login, startGithub } from '../../fakes/github/index.js';
import { type Clock, instant } from './clock.js';
import type { Deed, Who } from './deed.js';
import { PARKED } from './house.js';
import type { Look } from './on-bugs.js';
import type { Stage } from './stage.js';

const REPOSITORY = 'acme/app';
const US = 'octocat';
const LOGINS: Readonly<Record<Who, Login>> = {
  mona: 'mona',
  rolf: 'rolf',
  ghost: null,
  lead: US,
  ci: 'ci[bot]',
  'k8s-robot': 'k8s-robot',
};

interface How {
  readonly by: Login;
  readonly at: string;
}

type Act = (store: GithubStore, issue: Issue, value: string, how: How) => void;

const ACTS: Partial<Record<Deed['kind'], Act>> = {
  comment: (store, issue, _value, how) => store.comment(issue, how),
  paste(store, issue, value, how) {
    const marker = formatMarker({
      run: '20240101T000000Z-pasted',
      action: value === 'close' ? 'close' : 'warn',
      policy: 'untargeted',
    });
    store.comment(issue, { ...how, body: `Look:\n\n${marker}` });
  },
  label: (store, issue, value, how) => store.label(issue, value, how),
  unlabel: (store, issue, value, how) => store.unlabel(issue, value, how),
  assign: (store, issue, value, how) => store.assign(issue, value, how),
  unassign: (store, issue, value, how) => store.unassign(issue, value, how),
  target(store, issue, value, how) {
    const { milestones } = store.repository(REPOSITORY);
    const known = milestones.find(({ title }) => title === value) ?? store.addMilestone(REPOSITORY, { title: value });
    store.milestone(issue, known, how);
  },
  untarget: (store, issue, _value, how) => store.milestone(issue, null, how),
  rename: (store, issue, value, how) => store.rename(issue, value, how),
  vote(_store, issue) {
    issue.reactions['+1'] = (issue.reactions['+1'] ?? 0) + 1;
  },
  close: (store, issue, _value, how) => store.close(issue, how),
  reopen: (store, issue, _value, how) => store.reopen(issue, how),
};

/** A team on GitHub: a stand-in that answers the program over HTTP, with the personal token of one of them. */
export async function onGithub(clock: Clock): Promise<Stage> {
  const store = githubStore({ now: () => instant(clock.now()) });
  store.addRepository(REPOSITORY);
  store.addMilestone(REPOSITORY, { title: PARKED });
  const fake = await startGithub({ store });
  onTestFinished(async () => {
    await fake.close();
    expect(fake.violations).toEqual([]);
  });
  return {
    settings: githubSettings.parse({ type: 'github', url: fake.url, repos: [REPOSITORY] }),
    descriptor: githubDescriptor as TrackerDescriptor,
    variables: { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' },
    isPersonal: true,
    kinds: new Set(Object.keys(ACTS) as Deed['kind'][]),
    file(number, labels, who, at) {
      const ref = `${REPOSITORY}#${number}`;
      store.addIssue(REPOSITORY, {
        number,
        title: `Bug ${ref}`,
        labels: [...labels],
        author: LOGINS[who],
        createdAt: instant(at),
      });
      return ref;
    },
    act: (ref, who, { kind, value = '' }, at) =>
      ACTS[kind]?.(store, store.issue(ref), value, { by: LOGINS[who], at: instant(at) }),
    release(over) {
      for (const milestone of store.repository(REPOSITORY).milestones) if (over.has(milestone.title)) milestone.state = 'closed';
    },
    remove() {
      throw new Error('nobody knows what GitHub tells of a milestone that was deleted');
    },
    look: (ref) => lookAt(store.issue(ref)),
    lastAt: (ref) => Date.parse(store.issue(ref).updatedAt),
  };
}

function lookAt({ state, title, labels, assignees, milestone, reactions, events }: Issue): Look {
  const ours = events.filter(({ event, actor }) => event === 'commented' && actor?.login === US);
  const marks = ours.flatMap(({ body }) => parseMarker(body ?? '') ?? []);
  return {
    open: state === 'open',
    status: state === 'open' ? 'open' : '',
    title,
    labels: labels.map(({ name }) => name),
    assignees: assignees.map(({ login }) => login),
    targets: milestone ? [milestone.title] : [],
    votes: reactions['+1'] ?? 0,
    priority: null,
    said: marks.map(({ action, run }) => `${action} by ${run}`),
  };
}
