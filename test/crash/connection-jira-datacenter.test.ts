import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { jira } from './given/jira.js';

describe('Jira Data Center, all of it in one second', () =>
  breakConnections(jira('datacenter'), { tick: 0, ways: ['for good'], writes: { closing: 8, undoing: 7 } }));
