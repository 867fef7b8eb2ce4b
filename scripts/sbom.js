import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readNotice } from './third-party.js';

// Writes the software bill of materials of what users install, as CycloneDX JSON: `npm run sbom [-- FILE]`. Asks no registry.
//
// `npm sbom --omit=dev` leaves out what development needs as well: commander and zod among others. So npm gets to see a lock file
// without development. What the build bundles is a development dependency too, and is added from the notice that goes along with it.

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { name, version, license, dependencies } = JSON.parse(read('package.json'));
const { packages, ...lock } = JSON.parse(read('package-lock.json'));
const manifest = { name, version, license, dependencies };

const used = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional);
const bill = billOf({ ...lock, packages: { '': manifest, ...Object.fromEntries(used) } });
for (const one of readNotice(read('dist/THIRD-PARTY.txt'))) addBundled(one);

const target = resolve(process.argv[2] ?? `release/${name}-${version}.cdx.json`);
mkdirSync(resolve(target, '..'), { recursive: true });
writeFileSync(target, `${JSON.stringify(bill, null, 2)}\n`);
console.log(target);

/** What npm makes of a lock file. */
function billOf(lockFile) {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-sbom-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockFile));
    const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application', '--loglevel=error'];
    const made = JSON.parse(execFileSync('npm', ['sbom', ...options], { cwd: folder, encoding: 'utf8' }));
    // npm calls it by the folder that it is in.
    made.metadata.component.name = name;
    return made;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function addBundled({ name: part, version: of, licence, file }) {
  const reference = `${part}@${of}`;
  bill.components.push({
    'bom-ref': reference,
    type: 'library',
    name: part,
    version: of,
    scope: 'required',
    description: `Bundled: part of ${file}`,
    purl: `pkg:npm/${part.replace('@', '%40')}@${of}`,
    licenses: [{ license: { id: licence } }],
  });
  bill.dependencies.push({ ref: reference, dependsOn: [] });
  bill.dependencies.find(({ ref }) => ref === bill.metadata.component['bom-ref']).dependsOn.push(reference);
}
