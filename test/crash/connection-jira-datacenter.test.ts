import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { jira } from './given/jira.js';

describe('Jira Data Center', () => breakConnections(jira('datacenter'), 1000, { closing: 8, undoing: 7 }));
describe('Jira Data Center, all of it in one second', () => breakConnections(jira('datacenter'), 0, { closing: 8, undoing: 7 }));
