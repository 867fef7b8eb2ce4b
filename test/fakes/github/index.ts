/** A stand-in for GitHub: REST and GraphQL over one store in memory, with faults on demand. */
export { githubContractIsPresent } from './contract-document.js';
export type { RepositoryFields, Who } from './fields.js';
export { githubGuiIsPresent, loadGithubGui } from './load.js';
export type { Fault, GithubFake, GithubFakeOptions } from './options.js';
export type { Issue } from './records.js';
export type { FakeRequest } from './request.js';
export { startGithub } from './server.js';
export { type GithubStore, githubStore } from './store.js';
