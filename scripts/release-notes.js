import { readFileSync } from 'node:fs';

// Prints what CHANGELOG.md says of one version, for the notes of its release: `npm run --silent release-notes [-- VERSION]`.

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const version = process.argv[2] ?? JSON.parse(read('package.json')).version;
const section = read('CHANGELOG.md')
  .split(/^(?=## )/m)
  .find((text) => text.startsWith(`## [${version}] `));

if (section) console.log(section.replace(/^.*\n/, '').trim());
else {
  console.error(`CHANGELOG.md says nothing of ${version}. Expected a heading such as: ## [${version}] - 2027-03-01`);
  process.exitCode = 1;
}
