import { describe, expect, test } from 'vitest';
import { createClient } from '../../../../src/trackers/github/transport/client.js';
import { allPages, nextPage } from '../../../../src/trackers/github/transport/pages.js';
import { type Scripted, scripted } from './server.js';
import { rejection, TOKEN, testCall, testEnv } from './world.js';

const api = 'https://api.github.com';

describe('the next page', () => {
  test.each([
    ['none without a header', undefined, null],
    ['none on the last page', `<${api}/x?page=1>; rel="prev", <${api}/x?page=1>; rel="first"`, null],
    ['by number', `<${api}/x?page=2>; rel="next", <${api}/x?page=9>; rel="last"`, `${api}/x?page=2`],
    [
      'by cursor, as it stands',
      `<${api}/x?after=Y3Vyc29y%3D%3D&per_page=100>; rel="next"`,
      `${api}/x?after=Y3Vyc29y%3D%3D&per_page=100`,
    ],
    ['behind others', `<${api}/x?page=1>; rel="prev", <${api}/x?page=3>; rel="next"`, `${api}/x?page=3`],
  ])('%s', (_, link, expected) => {
    expect(nextPage(link, api)).toBe(expected);
  });

  test.each(['https://evil.example/x', 'http://api.github.com/x', 'https://api.github.com.evil.example/x', '//evil.example/x'])(
    'never on another host: %s',
    (url) => {
      expect(() => nextPage(`<${url}>; rel="next"`, api)).toThrow(/another host/);
    },
  );
});

describe('all pages', () => {
  /** The data of all pages of a server, the first of which links to the second. */
  async function follow(server: Scripted): Promise<unknown[]> {
    const octokit = createClient(server.url, { token: TOKEN, source: 'GITHUB_TOKEN' }, 0, testEnv()).for(testCall());
    const pages: unknown[] = [];
    const first = { data: 'first', headers: { link: '</x?page=2>; rel="next"' } };
    for await (const page of allPages(octokit, server.url, first)) pages.push(page);
    return pages;
  }

  test('in their order, until one links to no other', async () => {
    await using server = await scripted({ body: ['second'], headers: { link: '</x?page=3>; rel="next"' } }, { body: ['third'] });
    expect(await follow(server)).toEqual(['first', ['second'], ['third']]);
    expect(server.seen.map(({ line }) => line)).toEqual(['GET /x?page=2', 'GET /x?page=3']);
  });

  test('not without end', async () => {
    await using server = await scripted({ body: [], headers: { link: '</x?page=2>; rel="next"' } });
    expect(await rejection(follow(server))).toMatchObject({ kind: 'unexpected' });
    expect(server.seen).toHaveLength(1);
  });
});
