import { describe, expect, test } from 'vitest';
import { aBug } from '../../../../src/testing.js';
import { newClosings } from '../../../../src/trackers/jira/closing/closings.js';
import { jiraSettings } from '../../../../src/trackers/jira/settings.js';
import type { Api } from '../../../../src/trackers/jira/transport/api.js';
import { world } from './harness.js';

const SETTINGS = jiraSettings.parse({ type: 'jira', url: 'https://acme.test', projects: ['ERP'] });
const { call } = world({});

const closing = (id: string) => ({ id, name: `Close ${id}`, to: { id: '6', name: 'Closed', statusCategory: { key: 'done' } } });

/** An API in which each issue offers one transition to close it: `2` for all but those named here. */
function offering(offers: Record<string, string | null>): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const api: Api = {
    read({ path }) {
      const id = path.split('/')[2] ?? '';
      asked.push(id);
      const offer = offers[id] === undefined ? '2' : offers[id];
      return Promise.resolve({ status: 200, headers: {}, body: { transitions: offer === null ? [] : [closing(offer)] } });
    },
    write: () => Promise.reject(new Error('nothing is to be written')),
  };
  return { api, asked };
}

const bug = (id: string, status = 'Open') => aBug({ id, ref: `ERP-${id}`, status, type: 'Bug' });

describe('how a bug is closed', () => {
  test('is asked for once for each kind of bug', async () => {
    const { api, asked } = offering({});
    const closings = newClosings(SETTINGS);
    for (const each of [bug('1'), bug('2'), bug('3', 'Reopened')]) await closings.forKind(each, api, call);
    for (const offered of [['1', '2'], null]) await closings.forBug(bug('4'), offered, api, call);
    expect(asked).toEqual(['1', '3']);
  });

  test('is asked for by itself where a condition hides the transition from this bug', async () => {
    const { api, asked } = offering({ '9': '7' });
    const closings = newClosings(SETTINGS);
    await closings.forKind(bug('1'), api, call);
    expect(await closings.forBug(bug('9'), ['7'], api, call)).toMatchObject({ plan: { transition: { id: '7' } } });
    expect(asked).toEqual(['1', '9']);
    expect(await closings.forKind(bug('5'), api, call)).toMatchObject({ plan: { transition: { id: '2' } } });
  });

  test('is asked for by itself where another bug of its kind could not be closed', async () => {
    const { api } = offering({ '1': null });
    const closings = newClosings(SETTINGS);
    expect(await closings.forKind(bug('1'), api, call)).toHaveProperty('obstacle');
    expect(await closings.forBug(bug('2'), null, api, call)).toHaveProperty('plan');
    expect(await closings.forBug(bug('1'), null, api, call)).toHaveProperty('obstacle');
  });
});
