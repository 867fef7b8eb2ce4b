import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const PAGE = read('docs/security.md');

const NAMED = [...PAGE.matchAll(/`(test\/[\w./-]+\.test\.ts)`, "([^"]+)"/g)].map(([, path = '', title = '']) => ({
  path,
  title,
}));

test('the threat model names tests that there are', () => {
  expect(NAMED.length).toBeGreaterThan(25);
  const missing = NAMED.filter(({ path, title }) => !existsSync(new URL(path, ROOT)) || !read(path).includes(title));
  expect(missing).toEqual([]);
});

test('each of its threats has one', () => {
  const rows = PAGE.slice(PAGE.indexOf('## Who could'), PAGE.indexOf('## Permissions')).split('\n');
  const threats = rows.filter((row) => row.startsWith('| ') && !/^\| (wants |wants, |---)/.test(row));
  expect(threats.length).toBeGreaterThan(15);
  for (const row of threats) expect(row).toMatch(/`test\/[\w./-]+\.test\.ts`, "/);
});

test('it reviews every package that is installed along, and no other', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const table = PAGE.slice(PAGE.indexOf('## Dependencies'), PAGE.indexOf('Bundled:'));
  const reviewed = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(reviewed.toSorted()).toEqual(Object.keys(dependencies).toSorted());
});

test('their licences are what it says', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) {
    const { license, scripts = {} } = JSON.parse(read(`node_modules/${name}/package.json`)) as {
      license: string;
      scripts?: object;
    };
    expect([name, license, 'install' in scripts || 'postinstall' in scripts || 'preinstall' in scripts]).toEqual([
      name,
      'MIT',
      false,
    ]);
  }
});

test('its links lead to pages that there are', () => {
  for (const [, path = ''] of PAGE.matchAll(/\]\(([^)#:]+)\)/g))
    expect(existsSync(new URL(`docs/${path}`, ROOT)), path).toBe(true);
});
