import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { pages, ROOT, textOf } from './page.js';

/** The text of a page without its code, in which nothing is a link. */
const prose = (path: string): string =>
  textOf(path)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/(?<!`)(`+)(?!`).*?[^`]\1(?!`)/g, '');

/** The anchors that GitHub gives to the headings of a page. */
function anchors(path: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = textOf(path)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const slug = plain.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    }),
  );
}

const links = pages().flatMap((path) =>
  [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ path, target })),
);
const local = links.filter(({ target }) => !/^(https?:|mailto:)/.test(target));

test.each(local)('$path leads to $target', ({ path, target }) => {
  const [file = '', anchor] = target.split('#');
  const there = file === '' ? path : normalize(join(dirname(path), decodeURI(file)));
  expect(there, 'a place in the repository').not.toMatch(/^\.\./);
  expect(existsSync(join(ROOT, there)), there).toBe(true);
  if (anchor !== undefined) expect([...anchors(there)]).toContain(anchor);
});

test('there are links to look at', () => {
  expect(local.length).toBeGreaterThan(30);
});

test('every page can be found from the README', () => {
  const found = new Set(['README.md']);
  const all = pages();
  for (const place of found) {
    // A link to a folder leads to all that is in it.
    for (const page of all.filter((one) => dirname(one) === place)) found.add(page);
    for (const { path, target } of local.filter((link) => link.path === place))
      found.add(normalize(join(dirname(path), target.split('#')[0] ?? '')));
  }
  expect(all.filter((page) => !found.has(page))).toEqual([]);
});
