import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { github } from './given/github.js';

describe('GitHub', () => breakConnections(github(null), { ways: ['for good'], writes: { closing: 4, undoing: 4 } }));

describe('GitHub with a label, all of it in one second', () =>
  breakConnections(github('ntbf'), { tick: 0, writes: { closing: 5, undoing: 5 } }));
