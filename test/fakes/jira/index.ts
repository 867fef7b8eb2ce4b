/**
 * A stand-in for Jira, Cloud and Data Center: real HTTP over one store in memory, with faults on demand.
 *
 * ```ts
 * const store = createStore();                                  // the project ERP with the versions 1.0 (released) and 2.0
 * addIssue(store, { created: '2026-01-01T00:00:00Z' });         // the open bug ERP-1
 * person(store, 'bob', '2026-02-01T00:00:00Z').comment('ERP-1', 'It still happens.');
 * await using jira = await startJira({ flavour: 'cloud', store });
 * // … requests to jira.url as lead@example.test with test-token …
 * expect(statusOf(store, 'ERP-1').name).toBe('Closed');
 * expect(jira.violations).toEqual([]);
 * ```
 */
export * from './builders.js';
export { contractsPresent } from './contract.js';
export { classicWorkflow, simplifiedWorkflow } from './defaults.js';
export * from './load.js';
export type * from './model.js';
export { person, statusOf } from './people.js';
export type { FakeRequest, Fault } from './request.js';
export { startToken } from './routes/search.js';
export { CLOUD_ID, type JiraFake, type JiraFakeOptions, startJira } from './server.js';
export type { JiraFlavour } from './session.js';
export { issueNamed, type JiraStore } from './store.js';
