import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jiraSettings } from '../../../../src/trackers/jira/settings.js';

const LEAST = { type: 'jira', url: 'https://acme.atlassian.net/', projects: ['ERP'] };

describe('the settings', () => {
  test('have defaults for all but site and projects', () => {
    expect(jiraSettings.parse(LEAST)).toEqual({
      type: 'jira',
      url: 'https://acme.atlassian.net',
      projects: ['ERP'],
      bugs: { types: ['Bug'] },
      blocks: ['Block*'],
      closeAs: { resolutions: ["Won't Do", "Won't Fix"], statuses: ['Closed', 'Done'] },
      targets: {},
      serviceDesk: 'refuse',
      pace: '1s',
    });
  });

  test.each([
    ['http://jira.example.com', false],
    ['http://localhost:8080/jira/', true],
    ['http://127.0.0.1:1', true],
    ['http://[::1]:8080', true],
    ['https://jira.example.com/jira', true],
    ['https://me:secret@jira.example.com', false],
    ['https://jira.example.com/?x=1', false],
    ['https://jira.example.com/a%2Fb', false],
    ['jira.example.com', false],
  ])('take the site %s: %s', (url, accepted) => {
    expect(jiraSettings.safeParse({ ...LEAST, url }).success).toBe(accepted);
  });

  test.each([
    [{ projects: [] }],
    [{ projects: ['E RP'] }],
    [{ projects: ['ERP") OR ("'] }],
    [{ bugs: { types: [] } }],
    [{ bugs: { labels: ['bug'] } }],
    [{ token: { env: 'not a name' } }],
    [{ pace: '-1s' }],
    [{ jql: 'a = 1) OR (b = 2' }],
    [{ serviceDesk: 'yes' }],
    [{ unknown: 1 }],
  ])('refuse %j', (change) => {
    expect(jiraSettings.safeParse({ ...LEAST, ...change }).success).toBe(false);
  });

  test('have a schema in which every key is described', () => {
    expect(undescribed(z.toJSONSchema(jiraSettings, { io: 'input' }))).toEqual([]);
  });
});

function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const here = `${path}.${key}`;
    const described = typeof value === 'object' && value !== null && 'description' in value;
    return [...(described ? [] : [here]), ...undescribed(value, here)];
  });
}
