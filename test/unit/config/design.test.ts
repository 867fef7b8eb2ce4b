import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../../src/schema.js';
import { aFolder, failure, load } from './given.js';

const DESIGN = '../shared/design.md';
/** Keys of the documented example that are still to be built; whoever builds one takes it out. */
const TO_BE_BUILT = ['limits'];

describe.skipIf(!existsSync(DESIGN))('the documented example', () => {
  const [, example = ''] = /```yaml\n(trackers:[\s\S]*?)```/.exec(existsSync(DESIGN) ? readFileSync(DESIGN, 'utf8') : '') ?? [];
  const built = example.split('\n').filter((line) => !TO_BE_BUILT.some((key) => line.startsWith(`${key}:`)));

  test('is taken', async () => {
    const config = await load(await aFolder({ '.bugprunerc': built.join('\n') }));
    expect(config.trackers.map(({ name, descriptor }) => [name, descriptor.type])).toEqual([
      ['app', 'github'],
      ['erp', 'jira'],
    ]);
    expect(config.rules.policies[0]).toMatchObject({ name: 'untargeted', warn: { count: 1, unit: 'w' } });
    expect(config.rules.policies[0]?.guards.map(({ id }) => id)).toEqual(['assigned', 'votes', 'comments']);
    expect(config.isBot?.('k8s-ci-robot')).toBe(true);
    expect(config.rules.isParked('Future 2')).toBe(true);
  });

  test.runIf(TO_BE_BUILT.length > 0)('as a whole is refused for nothing but what is still to be built', async () => {
    const { message } = await failure(load(await aFolder({ '.bugprunerc': example })));
    const keys = [...message.matchAll(/unknown key "(\w+)"/g)].map(([, key]) => key);
    expect(keys).toEqual(TO_BE_BUILT);
    expect(message).toContain(`has ${TO_BE_BUILT.length} problem`);
  });

  test('is taken by the JSON Schema, too', async () => {
    const { defaultLoaders } = await import('cosmiconfig');
    const isConfig = new Ajv2020({ allErrors: true }).compile(configJsonSchema());
    isConfig(defaultLoaders['.yaml']('.bugprunerc', built.join('\n')));
    expect(isConfig.errors).toBeNull();
  });
});
