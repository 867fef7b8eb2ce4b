import { describe } from 'vitest';
import { breakConnections } from './given/connections.js';
import { jira } from './given/jira.js';

describe('Jira Cloud', () => breakConnections(jira('cloud'), { writes: { closing: 8, undoing: 7 } }));
