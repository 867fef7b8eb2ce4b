import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Of the declarations only those matter that the two entry points lead to: nothing else can be imported from the package.

const DIST = new URL('../dist/', import.meta.url);
const needed = new Set();

for (const queue = ['index.js', 'testing.js'].map((name) => new URL(name, DIST)); queue.length > 0; ) {
  const declarations = fileURLToPath(queue.pop()).replace(/\.js$/, '.d.ts');
  if (needed.has(declarations)) continue;
  needed.add(declarations);
  const text = readFileSync(declarations, 'utf8');
  for (const [, path] of text.matchAll(/(?:from |import\(|import )["'](\.[^"']+)["']/g)) {
    queue.push(new URL(path, new URL(`file://${declarations}`)));
  }
}

for (const name of readdirSync(DIST, { recursive: true })) {
  const file = fileURLToPath(new URL(name, DIST));
  if (file.endsWith('.d.ts') && !needed.has(file)) rmSync(file);
}
