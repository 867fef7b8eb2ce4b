import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { github } from './given/github.js';

describe('GitHub', () => breakConnections(github(null), 1000, { closing: 4, undoing: 4 }));
describe('GitHub with a label', () => breakConnections(github('ntbf'), 1000, { closing: 5, undoing: 5 }));
describe('GitHub with a label, all of it in one second', () => breakConnections(github('ntbf'), 0, { closing: 5, undoing: 5 }));
