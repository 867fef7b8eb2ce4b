import { describe, expect, test } from 'vitest';
import { recognizeJira } from '../../../../src/trackers/jira/recognize.js';
import { jiraSettings } from '../../../../src/trackers/jira/settings.js';

const look = (text: string, variables = {}) => recognizeJira(text, { variables, isFile: () => false });

describe('a source', () => {
  test.each([
    ['https://acme.atlassian.net/browse/ERP-12', 'https://acme.atlassian.net', 'ERP', 'ERP-12'],
    ['https://acme.atlassian.net/browse/ERP-12?focusedCommentId=1#x', 'https://acme.atlassian.net', 'ERP', 'ERP-12'],
    ['acme.atlassian.net/browse/ERP-12', 'https://acme.atlassian.net', 'ERP', 'ERP-12'],
    ['https://acme.atlassian.net/browse/ERP', 'https://acme.atlassian.net', 'ERP', undefined],
    ['https://acme.atlassian.net/jira/software/c/projects/ERP/boards/3', 'https://acme.atlassian.net', 'ERP', undefined],
    [
      'https://acme.atlassian.net/jira/software/projects/ERP/boards/3?selectedIssue=ERP-12',
      'https://acme.atlassian.net',
      'ERP',
      'ERP-12',
    ],
    ['https://acme.atlassian.net/jira/software/c/projects/ERP/issues/ERP-12', 'https://acme.atlassian.net', 'ERP', 'ERP-12'],
    ['https://acme.atlassian.net/jira/core/projects/ERP/summary', 'https://acme.atlassian.net', 'ERP', undefined],
    ['https://acme.atlassian.net/projects/ERP', 'https://acme.atlassian.net', 'ERP', undefined],
    ['https://jira.example.com/jira/browse/ERP-12', 'https://jira.example.com/jira', 'ERP', 'ERP-12'],
    ['https://jira.example.com/projects/ERP/issues/ERP-12', 'https://jira.example.com', 'ERP', 'ERP-12'],
    ['https://jira.example.com:8443/a/b/browse/AB_2-3/', 'https://jira.example.com:8443/a/b', 'AB_2', 'AB_2-3'],
    ['http://localhost:8080/browse/ERP-1', 'http://localhost:8080', 'ERP', 'ERP-1'],
    ['jira:acme/ERP', 'https://acme.atlassian.net', 'ERP', undefined],
    ['jira:acme/erp-12', 'https://acme.atlassian.net', 'ERP', 'ERP-12'],
    ['jira:jira.example.com/jira/ERP', 'https://jira.example.com/jira', 'ERP', undefined],
    ['jira:https://jira.example.com/ERP-7', 'https://jira.example.com', 'ERP', 'ERP-7'],
    ['jira:127.0.0.1:8080/ERP', 'http://127.0.0.1:8080', 'ERP', undefined],
  ])('%s', (text, url, project, ref) => {
    const recognized = look(` ${text} `);
    expect(recognized).toEqual({ name: project, settings: { type: 'jira', url, projects: [project] }, ...(ref && { ref }) });
    expect(jiraSettings.parse(recognized?.settings).url).toBe(url);
  });

  test.each([
    'https://github.com/acme/app',
    'https://github.com/acme/app/issues/12',
    'https://github.com/browse/ERP-12',
    'https://github.com/orgs/acme/projects/3',
    'https://github.example.com/projects/ERP',
    'https://gitlab.example.com/browse/ERP',
    'https://acme.ghe.com/browse/ERP',
    'https://example.com/browse/readme',
    'https://example.com/acme/browse',
    'https://acme.atlassian.net/wiki/spaces/ERP',
    'acme/app',
    'acme/app#12',
    'ERP-12',
    'github:acme/app',
    'jira:acme',
    'backlog.ndjson',
    'ftp://acme.atlassian.net/browse/ERP-1',
    '',
  ])('is not %j', (text) => {
    expect(look(text)).toBeNull();
  });

  test('is not on the host of the own GitHub server', () => {
    expect(look('https://code.example.com/browse/ERP-1', { GITHUB_SERVER_URL: 'https://code.example.com' })).toBeNull();
    expect(look('https://code.example.com/browse/ERP-1', { GITHUB_API_URL: 'https://code.example.com/api/v3' })).toBeNull();
    expect(look('https://code.example.com/browse/ERP-1', { GITHUB_API_URL: 'nonsense' })).not.toBeNull();
  });

  test('over plain http is recognized, and refused by the settings', () => {
    const recognized = look('http://jira.example.com/browse/ERP-1');
    expect(recognized?.ref).toBe('ERP-1');
    expect(jiraSettings.safeParse(recognized?.settings).success).toBe(false);
  });
});
