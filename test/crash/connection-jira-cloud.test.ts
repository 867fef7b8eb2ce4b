import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { jira } from './given/jira.js';

describe('Jira Cloud', () => breakConnections(jira('cloud'), 1000, { closing: 8, undoing: 7 }));
describe('Jira Cloud, all of it in one second', () => breakConnections(jira('cloud'), 0, { closing: 8, undoing: 7 }));
