import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aPlace, type Place, ROOT } from './given.js';

const read = (path: string) => readFile(join(ROOT, path), 'utf8');
const { version, scripts } = JSON.parse(await read('package.json')) as { version: string; scripts: Record<string, string> };

describe('CHANGELOG.md', async () => {
  const changelog = await read('CHANGELOG.md');
  const versions = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);

  test('tells of this version first, and when each of them was released', () => {
    expect(versions[0]).toMatch(new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] - `));
    for (const [index, heading] of versions.entries()) {
      expect(heading).toMatch(
        index === 0 ? /^\[\d+\.\d+\.\d+\] - (Unreleased|\d{4}-\d\d-\d\d)$/ : /^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/,
      );
    }
  });

  test('sorts changes by their kind', () => {
    const kinds = [...changelog.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.length).toBeGreaterThanOrEqual(versions.length);
    expect(kinds.filter((kind) => !known.includes(kind ?? ''))).toEqual([]);
  });
});

describe('npm run release-notes', () => {
  let place: Place;

  beforeAll(async () => {
    place = await aPlace();
  });

  afterAll(() => place.remove());

  test('prints what the changelog says of this version, and nothing else', async () => {
    const { stdout } = await place.run('npm', '--prefix', ROOT, 'run', '--silent', 'release-notes');
    expect(stdout).toMatch(/^(?!## )[\s\S]*### Added\n/);
    expect(stdout).not.toMatch(/^## /m);
    expect(await read('CHANGELOG.md')).toContain(stdout);
  });

  test('fails for a version that the changelog does not know', async () => {
    const asked = place.run('node', join(ROOT, 'scripts/release-notes.js'), '99.0.0');
    await expect(asked).rejects.toThrow(/CHANGELOG\.md says nothing of 99\.0\.0/);
  });
});

test('docs/releasing.md names commands that there are', async () => {
  const page = await read('docs/releasing.md');
  const commands = [...page.matchAll(/\bnpm run (?:--\S+ )*([\w-]+)/g)].map(([, name = '']) => name);
  expect(commands).toEqual(expect.arrayContaining(['generate', 'sbom', 'release-notes']));
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});
