import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readNotice } from '../../scripts/third-party.js';
import { aPlace, type Place, ROOT } from './given.js';

/** What lets anybody use, change and pass on: nothing more is asked for than that notices are kept. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'Python-2.0', 'BlueOak-1.0.0'];

const billSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.object({ component: z.object({ 'bom-ref': z.string(), name: z.literal('bugprune') }) }),
  components: z.array(
    z.object({
      'bom-ref': z.string(),
      name: z.string(),
      licenses: z.array(z.object({ license: z.object({ id: z.string() }) })).default([]),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

describe('the bill of materials', () => {
  let place: Place;
  let bill: z.output<typeof billSchema>;

  beforeAll(async () => {
    place = await aPlace();
    await place.run('node', join(ROOT, 'scripts/sbom.js'), 'made/bill.json');
    bill = billSchema.parse(JSON.parse(await readFile(join(place.folder, 'made/bill.json'), 'utf8')));
  });

  afterAll(() => place.remove());

  test('has every package that users get, what is bundled included, and none of development', async () => {
    const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object };
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(dependencies), 'jira-client', '@babel/runtime']));
    expect(names.filter((name) => ['typescript', 'vitest', 'postman-request', '@biomejs/biome'].includes(name))).toEqual([]);
  });

  test('says of each what needs it', () => {
    const reached = new Set([bill.metadata.component['bom-ref']]);
    for (const ref of reached) {
      for (const next of bill.dependencies.find((one) => one.ref === ref)?.dependsOn ?? []) reached.add(next);
    }
    expect(bill.components.map((one) => one['bom-ref']).filter((ref) => !reached.has(ref))).toEqual([]);
  });

  test('names a permissive licence for each', () => {
    const others = bill.components.filter(({ licenses }) => {
      const ids = licenses.map(({ license }) => license.id);
      return ids.length === 0 || ids.some((id) => !PERMISSIVE.includes(id));
    });
    expect(others).toEqual([]);
  });
});

describe('the notice for what is bundled', () => {
  test('names every package whose code is in the bundle, with its licence', async () => {
    const notice = await readFile(join(ROOT, 'dist/THIRD-PARTY.txt'), 'utf8');
    const parts = readNotice(notice);
    expect(parts.map(({ name, licence }) => `${name} ${licence}`)).toEqual([
      '@babel/runtime MIT',
      'jira-client MIT',
      'rolldown MIT',
    ]);
    expect(notice).toMatch(/Steven Surowiec[\s\S]*Permission is hereby granted/);
    expect(notice.match(/Permission is hereby granted/g)).toHaveLength(parts.length);
    const files = new Set(parts.map(({ file }) => file));
    for (const file of files) expect((await readFile(join(ROOT, file), 'utf8')).length).toBeGreaterThan(1000);
  });
});
