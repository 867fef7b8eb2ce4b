import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { github } from './given/github.js';
import { jira } from './given/jira.js';

describe('GitHub', () => breakConnections(github(null), { ways: ['for good'], writes: { closing: 4, undoing: 4 } }));

describe('GitHub with a label, all of it in one second', () =>
  breakConnections(github('ntbf'), { tick: 0, writes: { closing: 5, undoing: 5 } }));

describe('Jira Cloud', () => breakConnections(jira('cloud'), { writes: { closing: 8, undoing: 7 } }));

describe('Jira Data Center, all of it in one second', () =>
  breakConnections(jira('datacenter'), { tick: 0, ways: ['for good'], writes: { closing: 8, undoing: 7 } }));
