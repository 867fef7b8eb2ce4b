import { z } from 'zod';
import { TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import type { Call, Tracker, TrackerEnv } from '../tracker.js';
import { diagnose } from './diagnosis/diagnose.js';
import { explore } from './diagnosis/explore.js';
import { loadHistories } from './reading/history.js';
import type { Source } from './reading/history-parts.js';
import { readIssue } from './reading/issue.js';
import type { MapContext } from './reading/map.js';
import { search } from './reading/search.js';
import { compileWords } from './reading/words.js';
import type { GithubSettings } from './settings.js';
import { understand } from './transport/answers.js';
import type { Client, Octokit } from './transport/client.js';
import { VIEWER } from './transport/documents.js';
import { fieldsOf } from './transport/fields.js';
import { askAll } from './transport/graphql.js';
import { closeIssue, findClosing } from './writing/closing.js';
import { findComment, postComment } from './writing/comment.js';
import { takeBack } from './writing/undo.js';

const viewerAnswer = z.object({ viewer: z.object({ login: z.string() }).nullable() });

/** Joins reading and writing to one tracker. Who we are and what the server knows are asked for once. */
export function createTracker(client: Client, settings: GithubSettings, env: TrackerEnv): Tracker {
  const words = compileWords(settings);
  const fields = fieldsOf(client.api);
  const readOnly = new Set<string>();
  let known: string | null = null;

  async function whoAmI(octokit: Octokit): Promise<string> {
    known ??= await readViewer(octokit);
    return known;
  }

  async function start(call: Call): Promise<{ octokit: Octokit; source: Source; context: MapContext }> {
    const octokit = client.for(call);
    const source = { octokit, fields: () => fields(octokit) };
    return { octokit, source, context: { tracker: env.name, viewer: await whoAmI(octokit), words } };
  }

  return {
    id: `github:${settings.org ?? settings.repos?.join(',') ?? ''}`,
    async identify(call) {
      return { name: await whoAmI(client.for(call)) };
    },
    async *search(what, call) {
      // What is read in advance ends with what it was read for.
      const done = new AbortController();
      const signal = AbortSignal.any([call.signal, done.signal]);
      const { octokit, context } = await start({ signal, on: (event) => call.on(event) });
      try {
        yield* search(what, { octokit, api: client.api, settings }, context, call);
      } finally {
        done.abort();
      }
    },
    async loadHistory(bugs, call) {
      const { source, context } = await start(call);
      return loadHistories(source, bugs, context.viewer, call);
    },
    async read(ref, call) {
      const { source, context } = await start(call);
      const { bug, mayOnlyRead } = await readIssue(source, ref, settings, context);
      if (mayOnlyRead) readOnly.add(bug.ref);
      else readOnly.delete(bug.ref);
      return bug;
    },
    diagnose: (names, call) => diagnose(client.for(call), settings, names, call),
    explore: (call) => explore(client.for(call), settings, call),
    async comment(bug, text, mark, call) {
      // Whoever may read may comment; but a comment that announces a closing which is then refused helps nobody.
      if (readOnly.has(bug.ref)) throw onlyReading(bug);
      return await postComment(client.for(call), bug, text, mark);
    },
    async close(bug, _mark, call) {
      const { octokit, context } = await start(call);
      return closeIssue(octokit, bug, settings.closeAs, context.viewer);
    },
    revert: (receipt, call) => takeBack(client.for(call), receipt),
    async findMark(bug, mark, call) {
      const { octokit, context } = await start(call);
      return findComment(octokit, client.api, bug, mark, context.viewer);
    },
    findClosing: (bug, mark) => Promise.resolve(findClosing(bug, mark, settings.closeAs)),
  };
}

function onlyReading({ ref }: Bug): TrackerError {
  return new TrackerError('permission', `This account may only read ${ref}: closing takes the triage role.`);
}

async function readViewer(octokit: Octokit): Promise<string> {
  const data = await askAll(octokit, VIEWER, {}, 'the account of this token');
  const { viewer } = understand(viewerAnswer, data, 'the account of this token');
  if (viewer) return viewer.login;
  throw new TrackerError('auth', 'GitHub does not say whose token this is.', { hint: 'Is it a token that GitHub knows?' });
}
