import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../../src/use-cases/schema.js';
import { aFolder, load } from './given.js';

const DESIGN = '../shared/design.md';

describe.skipIf(!existsSync(DESIGN))('the documented example', () => {
  const [, example = ''] = /```yaml\n(trackers:[\s\S]*?)```/.exec(existsSync(DESIGN) ? readFileSync(DESIGN, 'utf8') : '') ?? [];

  test('is taken', async () => {
    const config = await load(await aFolder({ '.bugprunerc': example }));
    expect(config.trackers.map(({ name, descriptor }) => [name, descriptor.type])).toEqual([
      ['app', 'github'],
      ['erp', 'jira'],
    ]);
    expect(config.rules.policies[0]).toMatchObject({ name: 'untargeted', warn: { count: 1, unit: 'w' } });
    expect(config.rules.policies[0]?.guards.map(({ id }) => id)).toEqual(['assigned', 'votes', 'comments']);
    expect(config.isBot?.('k8s-ci-robot')).toBe(true);
    expect(config.rules.isParked('Future 2')).toBe(true);
    expect(config.limits).toEqual({ closes: 25, warnings: 50, share: 20, surge: 3 });
  });

  test('is taken by the JSON Schema, too', async () => {
    const { defaultLoaders } = await import('cosmiconfig');
    const isConfig = new Ajv2020({ allErrors: true }).compile(configJsonSchema());
    isConfig(defaultLoaders['.yaml']('.bugprunerc', example));
    expect(isConfig.errors).toBeNull();
  });
});
