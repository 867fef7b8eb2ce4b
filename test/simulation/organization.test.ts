import { expect, test } from 'vitest';
import { READINGS_AT_ONCE } from '../../src/trackers/github/transport/read-gate.js';
import { type FakeRequest, startGithub } from '../fakes/github/index.js';
import { NOW } from '../unit/apply/given.js';
import { aClock, anOrganization, openBugs, openPlaces, part, readVerdicts } from './given/organization.js';

/** Milliseconds of the clock from one answer to the next, with eight under way: GitHub is slower. */
const ANSWER = 40;
/** Pages of one repository that are read before somebody comes to it. */
const PAGES_AHEAD = 4;

const store = anOrganization();

/** The organization, read over HTTP at a server that refuses what GitHub refuses; `count` runs share it. */
async function read(index: number, count: number) {
  const clock = aClock();
  let inAdvance = 0;
  let most = 0;
  const fault = ({ kind }: FakeRequest) => {
    clock.pass(ANSWER);
    if (kind === 'graphql') return undefined;
    most = Math.max(most, ++inAdvance);
    // A moment of the real clock, in which the others are sent.
    return { delay: 1 };
  };
  await using fake = await startGithub({ store, now: () => NOW, elapsed: clock.elapsed, fault });
  const course = { clock, selection: part(index, count), onPage: () => void inAdvance-- };
  const outcome = await readVerdicts(fake.url, { org: 'acme' }, course);
  expect([fake.violations, outcome.failures, fake.load.refused]).toEqual([[], [], 0]);
  const sent = (name: string) => fake.requests.filter(({ body }) => JSON.stringify(body)?.includes(`query ${name}`)).length;
  const lists = fake.requests.filter(({ kind }) => kind === 'rest').length;
  const requests = { all: fake.requests.length, organization: sent('Organization'), lists, histories: sent('Histories') };
  return { ...outcome, requests, load: fake.load, pagesInAdvance: most, seconds: clock.elapsed() / 1000 };
}

test('5,000 repositories: few requests, within what GitHub allows, and the same as one by one', {
  timeout: 240_000,
}, async ({ annotate }) => {
  const { verdicts, histories, requests, load, pagesInAdvance, seconds } = await read(1, 1);
  const places = openPlaces(store);
  await annotate(
    `${places.length} of 5,000 repositories, ${verdicts.length} open bugs: ${JSON.stringify(requests)}, ${seconds} s`,
  );

  expect(verdicts.map((line) => line.split(' ')[0]).toSorted()).toEqual(openBugs(store).toSorted());
  expect(new Set(verdicts.map((line) => line.split(/[ :]/)[1]))).toEqual(new Set(['close', 'keep']));

  expect(requests.organization).toBe(50);
  expect(requests.lists).toBe(listPages(places));
  expect(requests.histories).toBe(Math.ceil(histories / 25));
  expect(requests.all).toBeLessThanOrEqual(50 + requests.lists + requests.histories + 3);

  expect(load.atOnce).toBeGreaterThan(READINGS_AT_ONCE / 2);
  expect(load.atOnce).toBeLessThanOrEqual(READINGS_AT_ONCE);
  expect(load.points.rest).toBeGreaterThan(700);
  expect(load.points.rest).toBeLessThanOrEqual(900);
  expect(pagesInAdvance).toBeLessThanOrEqual(READINGS_AT_ONCE * PAGES_AHEAD + 1);

  await using fake = await startGithub({ store, now: () => NOW });
  const alone: string[] = [];
  const some = places.filter((_, index) => index % 6 === 0);
  for (const name of some) alone.push(...(await readVerdicts(fake.url, { repos: [name] })).verdicts);
  const ofSome = verdicts.filter((line) => some.includes(line.slice(0, line.indexOf('#'))));
  expect(alone.length).toBeGreaterThan(100);
  expect(ofSome.toSorted()).toEqual(alone.toSorted());

  const shards = await Promise.all([1, 2, 3, 4].map((index) => read(index, 4)));
  await annotate(`in four parts: ${shards.map((shard) => `${shard.requests.all} in ${shard.seconds} s`).join(', ')}`);
  for (const shard of shards) expect(shard.requests.lists).toBeGreaterThan(requests.lists / 8);
  expect(shards.flatMap((shard) => shard.verdicts).toSorted()).toEqual(verdicts.toSorted());
  expect(shards.reduce((sum, shard) => sum + shard.requests.lists, 0)).toBe(requests.lists);
});

/** Pages of a hundred that it takes to list all that is open with each word for a bug, pull requests included; an empty list has one. */
function listPages(places: readonly string[]): number {
  const pagesOf = (rows: number) => Math.max(1, Math.ceil(rows / 100));
  return places.reduce((sum, name) => {
    const open = [...store.repository(name).issues.values()].filter(({ state }) => state === 'open');
    const labeled = (word: string) => open.filter(({ labels }) => labels.some(({ name: label }) => label === word)).length;
    return sum + pagesOf(labeled('bug')) + pagesOf(labeled('defect')) + pagesOf(open.filter(({ type }) => type === 'Bug').length);
  }, 0);
}
