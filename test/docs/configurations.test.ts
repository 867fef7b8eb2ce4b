import { Ajv2020 } from 'ajv/dist/2020.js';
import { defaultLoadersSync } from 'cosmiconfig';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../../src/use-cases/schema.js';
import { FILE_TRACKER, loadContent } from '../unit/config/given.js';
import { blocksOf, pages, textOf } from './page.js';

/** Every block of YAML on a page but workflows and pipelines, which are looked at with the recipes. */
const configurations = pages()
  .filter((path) => path !== 'docs/recipes.md')
  .flatMap((path) =>
    blocksOf(textOf(path))
      .filter(({ language, text }) => language === 'yaml' && !/^jobs:/m.test(text))
      .map(({ text, line }) => ({ where: `${path}:${line}`, text })),
  );
const matchesSchema = new Ajv2020({ strict: false, validateFormats: false }).compile(configJsonSchema());

test.each(configurations)('the configuration at $where loads, and editors agree', async ({ where, text }) => {
  const content: unknown = defaultLoadersSync['.yaml'](where, text);
  // Those that show a part of one leave the trackers out.
  const whole = { trackers: { app: FILE_TRACKER }, ...Object(content) };
  const { trackers } = await loadContent(whole);
  expect(trackers.length).toBeGreaterThan(0);
  expect(matchesSchema(whole), JSON.stringify(matchesSchema.errors)).toBe(true);
});

test('there are typical policies to copy', () => {
  const whole = configurations.filter(({ where, text }) => where.startsWith('docs/policies.md') && text.includes('\ntrackers:'));
  expect(whole.length).toBeGreaterThanOrEqual(4);
});
