import { describe, test } from 'vitest';
import { type Seed, type Subject, trackerContract } from '../../../../src/testing.js';
import { addIssue, addVersion, classicWorkflow, type FakeTransition, type JiraStore, person } from '../../../fakes/jira/index.js';
import { erp, FLAVOURS, type Flavour, site } from './harness.js';

/** Jira's own workflow, and a way back to where bugs start. */
const BACK: FakeTransition = { id: '777', name: 'Back', from: ['Closed'], to: 'Open', sets: { resolution: null } };

function seeded(seeds: readonly Seed[]): { store: JiraStore; refs: string[] } {
  const store = erp();
  for (const project of store.projects) project.workflows = { '*': [...classicWorkflow(), BACK] };
  addVersion(store, 'ERP', { name: 'v2' });
  const refs = seeds.map(({ title, createdAt, target, closed }) => {
    const state = closed ? { status: 'Closed', resolution: 'Fixed' } : {};
    return addIssue(store, { summary: title, created: createdAt, fixVersions: target ? [target] : [], ...state }).key;
  });
  return { store, refs };
}

async function make(flavour: Flavour, seeds: readonly Seed[]): Promise<Subject> {
  const { store, refs } = seeded(seeds);
  const { tracker, fake } = await site(flavour, { store });
  return {
    tracker,
    refs,
    name: 'erp',
    async personComments(ref, text) {
      await Promise.resolve(person(store, 'bob').comment(ref, text));
    },
    async personReopens(ref) {
      await Promise.resolve(person(store, 'bob').reopen(ref));
    },
    dispose: () => fake.close(),
  };
}

describe.each(FLAVOURS)('the contract of a tracker on %s', (flavour) => {
  for (const { name, run } of trackerContract((seeds) => make(flavour, seeds))) test(name, run);
});
