import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ROOT } from './given.js';

const ENTRIES = { bugprune: 'src/index.ts', 'bugprune/testing': 'src/testing.ts' };

const files = Object.values(ENTRIES).map((path) => join(ROOT, path));
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: files }, ts.sys, ROOT);
const program = ts.createProgram(files, options);
const checker = program.getTypeChecker();

/** What stands behind a name that may be imported from elsewhere. */
const target = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);

const exported = files.map((path) => {
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${path} is no module`);
  return checker.getExportsOfModule(module);
});
const everything = new Map(exported.flat().map((symbol) => [target(symbol), symbol.name]));

describe('what can be imported', () => {
  // A name that goes or comes shows up here. One that goes is a breaking change: CHANGELOG.md has to say so.
  test.each(Object.keys(ENTRIES).map((name, index) => ({ name, index })))('from $name', async ({ name, index }) => {
    const names = (exported[index] ?? []).map((symbol) => `${kindOf(target(symbol))} ${symbol.name}`);
    await expect(`${names.sort().join('\n')}\n`).toMatchFileSnapshot(`names/${name.replace('/', '-')}.txt`);
  });

  test('is enough to name every type that stands in a signature', () => {
    const missing = new Set<string>();
    for (const [symbol, name] of everything) {
      for (const type of (symbol.declarations ?? []).flatMap(typesNamedIn)) {
        if (isOurs(type) && !everything.has(type)) missing.add(`${type.name}, for ${name}`);
      }
    }
    expect([...missing]).toEqual([]);
  });
});

function kindOf(symbol: ts.Symbol): 'value' | 'type' {
  return symbol.flags & ts.SymbolFlags.Value ? 'value' : 'type';
}

/** The types that a declaration names, those in the bodies of functions excepted. */
function typesNamedIn(node: ts.Node): ts.Symbol[] {
  if (ts.isBlock(node)) return [];
  const below: ts.Symbol[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...typesNamedIn(child));
  });
  const name = ts.isTypeReferenceNode(node) ? node.typeName : ts.isExpressionWithTypeArguments(node) ? node.expression : null;
  const symbol = name && checker.getSymbolAtLocation(ts.isQualifiedName(name) ? name.right : name);
  return symbol ? [target(symbol), ...below] : below;
}

function isOurs(symbol: ts.Symbol): boolean {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
  return file.startsWith(join(ROOT, 'src')) && (symbol.flags & ts.SymbolFlags.TypeParameter) === 0;
}
