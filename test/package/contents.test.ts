import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aPlace, type Packed, type Place, pack, ROOT } from './given.js';

describe('the package that is published', () => {
  let place: Place;
  let packed: Packed;
  let paths: string[] = [];

  beforeAll(async () => {
    place = await aPlace();
    packed = await pack(place.folder);
    paths = packed.files.map(({ path }) => path);
  }, 120_000);

  afterAll(() => place.remove());

  test('holds these folders and files, and no others', () => {
    expect([...new Set(paths.map((path) => path.replace(/\/.*/, '/')))].sort()).toEqual([
      '.bugprunerc.example',
      'CHANGELOG.md',
      'CONTRIBUTING.md', // what rules, formats and trackers of one's own look like
      'LICENSE',
      'README.md',
      'bin/',
      'dist/',
      'docs/',
      'examples/', // what the documentation and a first try work on
      'man/',
      'package.json',
      'schema/', // for editors and scripts
    ]);
  });

  test('holds the program, its types as far as they can be imported, and the licences of what is bundled; no maps, no sources', () => {
    const endings = (folder: string) =>
      new Set(paths.filter((path) => path.startsWith(folder)).map((path) => path.replace(/.*?\.(?=(d\.ts|\w+)$)/, '')));
    expect(endings('dist/')).toEqual(new Set(['js', 'd.ts', 'txt']));
    expect(endings('docs/')).toEqual(new Set(['md']));
    expect(paths.filter((path) => /^dist\/(cli|.*\.test)/.test(path) && path.endsWith('.d.ts'))).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['dist/index.d.ts', 'dist/testing.d.ts', 'dist/THIRD-PARTY.txt']));
  });

  // 0.6 MB to download and 2.5 MB on the disk when this was written, a third of it the two samples. What exceeds this is either
  // something that nobody meant to publish, or worth a thought.
  test('is small', () => {
    expect(packed.size).toBeLessThan(750_000);
    expect(packed.unpackedSize).toBeLessThan(3_000_000);
    expect(Math.max(...packed.files.map(({ size }) => size))).toBeLessThan(600_000);
  });

  test('leads nowhere that it does not hold', async () => {
    // The picture of a report is for those who read the page on the web; it weighs as much as the program.
    const elsewhere = new Set(['docs/report.png']);
    const leads = await Promise.all(paths.filter((path) => path.endsWith('.md')).map(linksIn));
    const dead = leads
      .flat()
      .filter(({ to }) => !elsewhere.has(to) && !paths.some((path) => path === to || path.startsWith(`${to}/`)));
    expect(leads.flat().length).toBeGreaterThan(10);
    expect(dead).toEqual([]);
    expect([...elsewhere].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('names no file of this machine, and no map that is not there', async () => {
    const texts = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(ROOT, path), 'utf8') })));
    const suspicious = texts.filter(({ text }) => text.includes(ROOT) || text.includes('sourceMappingURL='));
    expect(suspicious.map(({ path }) => path)).toEqual([]);
  });
});

/** Where the links of a page lead, from the folder of the package. */
async function linksIn(path: string): Promise<{ readonly from: string; readonly to: string }[]> {
  const page = await readFile(join(ROOT, path), 'utf8');
  return [...page.matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, to = '']) => ({
    from: path,
    to: normalize(join(dirname(path), to)),
  }));
}
