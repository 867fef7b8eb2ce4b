// "bugprune/testing": what the author of an adapter, a rule or a format tests with. Works with any test runner.
export { aBug } from './testing/bug.js';
export { type ContractCase, trackerContract } from './testing/contract.js';
export { type MemoryTracker, memoryTracker } from './testing/memory.js';
export { quietCall, type Seed, type Subject } from './testing/subject.js';
