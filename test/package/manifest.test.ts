import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aPlace, type Place, pack, ROOT } from './given.js';

describe('package.json', () => {
  let place: Place;
  let tarball: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    place = await aPlace();
    const { filename } = await pack(place.folder);
    tarball = new Uint8Array(await readFile(join(place.folder, filename)));
  }, 120_000);

  afterAll(() => place.remove());

  test('has nothing that publint would change', async () => {
    const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  test('gives every importer the types of what it gets', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    if (!analysis.types) throw new Error('there are no types in the package');
    expect(Object.keys(analysis.entrypoints).sort()).toEqual(['.', './package.json', './testing']);
    // ESM only: a CommonJS module has to write import(), or a Node that can require() it, and resolvers from before "exports" know no entry points.
    const expected = (problem: (typeof analysis.problems)[number]) =>
      problem.kind === 'CJSResolvesToESM' || ('resolutionKind' in problem && problem.resolutionKind === 'node10');
    expect(analysis.problems.filter((problem) => !expected(problem))).toEqual([]);
  });

  test('runs nothing where it is installed', async () => {
    const { scripts = {} } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts?: object };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^(pre|post)prepare$/.test(name))).toEqual([]);
  });
});
