import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Bug } from '../../../src/model/bug.js';
import { aBug } from '../../../src/testing.js';
import { formatLine, snapshotHeader } from '../../../src/trackers/file/format.js';
import { fileDescriptor } from '../../../src/trackers/file/index.js';
import type { TrackerDescriptor } from '../../../src/trackers/tracker.js';
import { emptyFolder } from '../../e2e/program.js';
import { type Clock, instant } from './clock.js';
import type { Who } from './deed.js';
import { ACTORS, afterDeletion, afterRelease, changed, lookAt, type Releases } from './on-bugs.js';
import { ALL_KINDS, type Stage } from './stage.js';

/** A team that works on a snapshot, with an editor. On a snapshot, bugprune is a robot. */
export function onFile(clock: Clock): Stage {
  const folder = emptyFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'backlog.ndjson');
  const header = snapshotHeader({ source: 'github:acme/app', takenAt: instant(clock.now()), account: 'octocat' });
  let over: Releases = new Set();
  const load = () =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Bug);
  const save = (bugs: readonly Bug[]) => writeFileSync(path, [header, ...bugs].map((line) => `${formatLine(line)}\n`).join(''));
  const find = (ref: string): Bug => {
    const bug = load().find((one) => one.ref === ref);
    if (!bug) throw new Error(`there is no bug ${ref}`);
    return bug;
  };
  const actor = (who: Who) => (who === 'lead' ? null : ACTORS[who]);
  save([]);
  return {
    settings: { type: 'file', path },
    descriptor: fileDescriptor as TrackerDescriptor,
    variables: {},
    isPersonal: false,
    kinds: ALL_KINDS,
    file(number, labels, who, at) {
      const ref = `acme/app#${number}`;
      const bug = aBug({ ref, title: `Bug ${ref}`, createdAt: instant(at), labels: [...labels], author: actor(who) });
      save([...load(), bug]);
      return ref;
    },
    act: (ref, who, deed, at) => save(load().map((bug) => (bug.ref === ref ? changed(bug, deed, actor(who), at, over) : bug))),
    release(ended) {
      over = ended;
      save(load().map((bug) => afterRelease(bug, ended)));
    },
    remove: (release, at) => save(load().map((bug) => afterDeletion(bug, release, at))),
    look: (ref) => lookAt(find(ref)),
    lastAt: (ref) => Date.parse(find(ref).updatedAt),
  };
}
