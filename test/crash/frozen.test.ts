import { describe } from 'vitest';
import { file } from './given/file.js';
import { github } from './given/github.js';
import { jira } from './given/jira.js';
import { endAtEachLine, endAtEachWrite, takeBackAtEachLine, takeBackAtEachWrite } from './given/kills.js';

describe('Jira Cloud', async () => {
  await endAtEachLine(jira('cloud'), 'frozen');
  await endAtEachWrite(jira('cloud'));
});

describe('Jira Data Center', () => endAtEachLine(jira('datacenter'), 'frozen'));

describe('a run that nobody resumes is taken back', () => {
  describe('from a snapshot', () => takeBackAtEachLine(file));
  describe('from GitHub with a label', () => takeBackAtEachWrite(github('ntbf')));
  describe('from Jira Cloud', () => takeBackAtEachWrite(jira('cloud')));
});
