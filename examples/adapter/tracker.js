import { TrackerError } from 'bugprune';
import { openClient } from './client.js';
import { isSame, takenBack, withMark } from './marker.js';
import { toBug } from './words.js';

/** How many histories one request may ask for. */
const BATCH = 50;

/** A tracker as bugprune knows it. */
export function openBlotter({ url, product, token }, env) {
  const client = openClient({ url, token }, env);
  let account;
  const me = async (call) => (account ??= await client('GET', '/whoami', call));
  const bugOf = async (row, call) => toBug(row, { name: env.name, url, me: (await me(call)).login });

  /** The path of a bug that the settings name: a report may be older than they are. */
  function pathOf(ref) {
    const [, place, number] = /^(\w+)-(\d+)$/.exec(ref) ?? [];
    if (place !== product) throw new TrackerError('not-found', `${ref} is no bug of ${product}.`);
    return `/bugs/${number}`;
  }

  const tracker = {
    id: `blotter:${product}`,

    identify: async (call) => ({ name: (await me(call)).name }),

    async *search(what, call) {
      // A run that shares the work with others may not want this product.
      if (what.within?.(product) === false) return;
      const which = what.state === 'open' ? 'state=open' : `state=closed&since=${what.since}`;
      for (let after = 0; after !== null; ) {
        const path = `/bugs?product=${product}&${which}&after=${after}`;
        const page = await client('GET', path, call).catch((error) => {
          // Of what was read before, all may still be reported, as incomplete. Without a first page there is nothing.
          if (after === 0 || !(error instanceof TrackerError)) throw error;
          call.on({ type: 'problem', error });
          return { rows: [], next: null };
        });
        call.on({ type: 'read', count: page.rows.length });
        for (const row of page.rows) yield await bugOf(row, call);
        after = page.next;
      }
    },

    async loadHistory(bugs, call) {
      const whole = new Map();
      for (let start = 0; start < bugs.length; start += BATCH) {
        const ids = bugs.slice(start, start + BATCH).map(({ id }) => id);
        for (const row of (await client('GET', `/histories?ids=${ids}`, call)).rows) whole.set(String(row.id), await bugOf(row, call));
      }
      // One that is not in the answer was not read: it is not known to be quiet.
      return bugs.map((bug) => whole.get(bug.id) ?? { ...bug, history: 'partial' });
    },

    async read(ref, call) {
      const row = await client('GET', pathOf(ref), call);
      if (row.product !== product) throw new TrackerError('gone', `${ref} was moved to ${row.product}.`);
      return await bugOf(row, call);
    },

    async comment({ ref }, text, mark, call) {
      const { id } = await client('POST', `${pathOf(ref)}/comments`, call, { text: withMark(text, mark) });
      const receipt = await tracker.findMark(await tracker.read(ref, call), mark, call);
      if (receipt?.detail.id !== String(id)) throw new TrackerError('unexpected', `The comment on ${ref} did not arrive.`);
      return receipt;
    },

    async close(bug, mark, call) {
      const earlier = await tracker.findClosing(bug, mark, call);
      if (earlier) return earlier;
      await client('PUT', pathOf(bug.ref), call, { status: 'RESOLVED', resolution: 'WONTFIX' });
      const { status } = await tracker.read(bug.ref, call);
      if (status !== 'RESOLVED WONTFIX') throw new TrackerError('unexpected', `${bug.ref} was to be RESOLVED WONTFIX, and is ${status}.`);
      return closing(bug.ref, bug.status);
    },

    async revert({ action, ref, detail }, call) {
      if (action === 'close') {
        const { state } = await tracker.read(ref, call);
        if (state === 'closed') await client('PUT', pathOf(ref), call, { status: detail.was });
      } else {
        const { text } = await client('GET', `/comments/${detail.id}`, call);
        if (takenBack(text) !== text) await client('PUT', `/comments/${detail.id}`, call, { text: takenBack(text) });
      }
    },

    async findMark({ ref }, mark, call) {
      const { events } = await tracker.read(ref, call);
      const found = events.find((event) => event.actor?.self && isSame(event.mark, mark));
      return found && { action: 'comment', ref, recorded: 'commented', detail: { id: found.id } };
    },

    async findClosing({ ref, state, events }, mark) {
      const said = events.findLastIndex((event) => event.actor?.self && isSame(event.mark, mark));
      if (state !== 'closed' || said < 0) return undefined;
      const since = events.slice(said + 1).filter(({ kind, mark: other }) => kind === 'closed' || kind === 'reopened' || other?.action === 'close');
      // Ours, and nothing has closed, reopened or announced another closing since.
      const [closed, ...more] = since;
      return closed?.kind === 'closed' && closed.actor?.self && more.length === 0 ? closing(ref, closed.from) : undefined;
    },
  };
  return tracker;
}

/** The status before is all that it takes to go back. */
const closing = (ref, was) => ({ action: 'close', ref, recorded: 'RESOLVED WONTFIX', detail: { was } });
