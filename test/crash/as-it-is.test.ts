import { describe } from 'vitest';
import { file } from './given/file.js';
import { github } from './given/github.js';
import { jira } from './given/jira.js';
import { takeBackAtEachLine, takeBackAtEachWrite } from './given/kills.js';

describe('a run that nobody resumes is taken back', () => {
  describe('from a snapshot', () => takeBackAtEachLine(file));
  describe('from GitHub with a label', () => takeBackAtEachWrite(github('ntbf')));
  describe('from Jira Cloud', () => takeBackAtEachWrite(jira('cloud')));
});
