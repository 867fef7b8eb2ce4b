import { describe, expect, test } from 'vitest';
import { failure, loadContent } from './given.js';

const jira = (url: string, more: object = {}) => ({ type: 'jira', url, projects: ['ERP'], ...more });

describe("one site's credentials never go to another", () => {
  test('two sites that would share the usual variables are refused', async () => {
    const trackers = { erp: jira('https://acme.atlassian.net'), crm: jira('https://jira.example.com') };
    const { code, message, hint } = await failure(loadContent({ trackers }));
    expect(code).toBe('config');
    expect(message).toContain('by erp to acme.atlassian.net, by crm to jira.example.com');
    expect(hint).toContain('token: { env: ');
  });

  test.each<[string, object]>([
    [
      'each names its own',
      { erp: jira('https://a.atlassian.net', { token: { env: 'A' } }), crm: jira('https://b.atlassian.net') },
    ],
    [
      'both are on one site',
      { erp: jira('https://a.atlassian.net'), crm: jira('https://a.atlassian.net/', { projects: ['CRM'] }) },
    ],
  ])('%s: fine', async (_case, trackers) => {
    expect((await loadContent({ trackers })).trackers).toHaveLength(2);
  });

  test('only the chosen trackers count', async () => {
    const trackers = { erp: jira('https://acme.atlassian.net'), crm: jira('https://jira.example.com') };
    expect((await loadContent({ trackers }, { only: ['erp'] })).trackers).toHaveLength(1);
  });

  test('sources on the command line count too', async () => {
    const sources = ['https://acme.atlassian.net/browse/ERP', 'https://jira.example.com/browse/CRM'];
    expect((await failure(loadContent({}, { sources }))).code).toBe('config');
  });
});
