import { readdirSync, readFileSync } from 'node:fs';

// What of others is in a file that we made, and the notice of it that has to go along: read here, and read back for the bill of materials.

const MODULES = new URL('../node_modules/', import.meta.url);
const LINE = '-'.repeat(100);
const HEADING = /^(?<name>\S+) (?<version>\S+) \((?<licence>[^)]+)\), in (?<file>\S+)$/gm;

/** The packages that modules belong to, each once and in order, with version, licence and its text. Throws where there is no such text. */
export function packagesOf(modules) {
  const names = new Set(modules.map(packageOf).filter((name) => name !== null));
  return [...names].sort().map((name) => {
    const folder = new URL(`${name}/`, MODULES);
    const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.md|\.txt)?$/i.test(entry));
    if (!file || !license) throw new Error(`${name} ${version} has no licence that could go along with its code`);
    return { name, version, licence: license, text: readFileSync(new URL(file, folder), 'utf8').trim() };
  });
}

/** The bundler's own helpers are modules without a path. */
function packageOf(module) {
  if (module.startsWith('\0rolldown/')) return 'rolldown';
  return module.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? null;
}

/** The notice for packages whose code stands in `file`. */
export function noticeOf(packages, file) {
  const intro = 'bugprune contains code of others. These are their names and licences.';
  const parts = packages.map(({ name, version, licence, text }) => `${name} ${version} (${licence}), in ${file}\n\n${text}`);
  return `${[intro, ...parts].join(`\n\n${LINE}\n\n`)}\n`;
}

/** What a notice tells of: name, version, licence and file of each package. */
export function readNotice(text) {
  return [...text.matchAll(HEADING)].map(({ groups }) => ({ ...groups }));
}
