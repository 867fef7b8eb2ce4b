// Blotter itself, as far as the adapter needs it: a server on this machine that keeps its bugs in memory.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const ROBOT = { login: 'bugprune', name: 'bugprune', robot: true };
const PERSON = { login: 'mona', name: 'Mona', robot: false };
const TOKEN = 'Bearer test-token';
const PAGE = 2;

/** Starts one on a free port. `now` dates what happens in it. */
export async function startBlotter({ now }) {
  const bugs = new Map();
  const comments = new Map();
  const milestones = [{ name: 'v1', over: true }, { name: 'v2', over: false }];

  const record = (bug, who, field, from, to) => {
    bug.changed = now();
    bug.log.push({ at: bug.changed, who, field, from, to });
  };
  const wordOf = ({ status, resolution }) => (status === 'RESOLVED' ? `${status} ${resolution}` : status);
  const change = (bug, who, { status, resolution = '' }) => {
    const from = wordOf(bug);
    Object.assign(bug, { status, resolution });
    record(bug, who, 'status', from, wordOf(bug));
  };
  const say = (bug, who, text) => {
    const comment = { id: comments.size + 1, at: now(), who, text, bug };
    comments.set(comment.id, comment);
    bug.changed = comment.at;
    return comment;
  };
  /** What a list has of a bug; its history only on demand. */
  const row = ({ log, blocks, ...bug }, whole) => {
    const said = [...comments.values()].filter((comment) => comment.bug.id === bug.id).map(({ bug: _, ...rest }) => rest);
    return { ...bug, milestones, commentCount: said.length, ...(whole && { log, blocks, comments: said }) };
  };
  const find = (all, id) => {
    const found = all.get(Number(id));
    if (found === undefined) throw Object.assign(new Error('not there'), { status: 404 });
    return found;
  };
  const list = (query) => {
    const isWanted = ({ status, product, changed, id }) =>
      product === query.get('product') &&
      id > Number(query.get('after')) &&
      (query.get('state') === 'open' ? status !== 'RESOLVED' : status === 'RESOLVED' && changed >= query.get('since'));
    const found = [...bugs.values()].filter(isWanted);
    return { rows: found.slice(0, PAGE).map((bug) => row(bug, false)), next: found.length > PAGE ? found[PAGE - 1].id : null };
  };

  const routes = [
    ['GET', /^\/whoami$/, () => ROBOT],
    ['GET', /^\/bugs$/, (_match, { query }) => list(query)],
    ['GET', /^\/histories$/, (_match, { query }) => ({ rows: query.get('ids').split(',').flatMap((id) => (bugs.has(Number(id)) ? [row(find(bugs, id), true)] : [])) })],
    ['GET', /^\/bugs\/(\d+)$/, ([, id]) => row(find(bugs, id), true)],
    ['PUT', /^\/bugs\/(\d+)$/, ([, id], { body }) => change(find(bugs, id), ROBOT, body) ?? {}],
    ['POST', /^\/bugs\/(\d+)\/comments$/, ([, id], { body }) => ({ id: say(find(bugs, id), ROBOT, body.text).id })],
    ['GET', /^\/comments\/(\d+)$/, ([, id]) => ({ text: find(comments, id).text })],
    ['PUT', /^\/comments\/(\d+)$/, ([, id], { body }) => {
      const comment = find(comments, id);
      Object.assign(comment, body);
      comment.bug.changed = now();
      return {};
    }],
  ];

  async function answer(request) {
    if (request.headers.authorization !== TOKEN) return [401, {}];
    const { pathname, searchParams: query } = new URL(request.url, 'http://127.0.0.1');
    const text = (await request.toArray()).join('');
    for (const [method, path, work] of routes) {
      const match = path.exec(pathname);
      if (match && method === request.method) return [200, work(match, { query, body: text && JSON.parse(text) })];
    }
    return [404, {}];
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request).catch((error) => [error.status ?? 500, {}]);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    token: 'test-token',
    /** A person reports a bug; returns its ref. */
    add({ title, createdAt, target = '---', closed = false }) {
      const id = bugs.size + 1;
      const [status, resolution] = closed ? ['RESOLVED', 'FIXED'] : ['NEW', ''];
      const log = closed ? [{ at: createdAt, who: PERSON, field: 'status', from: 'NEW', to: 'RESOLVED FIXED' }] : [];
      bugs.set(id, {
        id, product: 'app', summary: title, status, resolution, milestone: target, severity: 'normal', keywords: [],
        reporter: PERSON, assigned: null, votes: 0, opened: createdAt, changed: createdAt, blocks: [], private: false, mayEdit: true, log,
      });
      return `app-${id}`;
    },
    comments: (ref, text) => say(find(bugs, ref.split('-')[1]), PERSON, text),
    reopens: (ref) => change(find(bugs, ref.split('-')[1]), PERSON, { status: 'NEW' }),
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

// Run by itself: two bugs to look at, until somebody stops it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const blotter = await startBlotter({ now: () => `${new Date().toISOString().slice(0, 19)}Z` });
  blotter.add({ title: 'Forgets the last line', createdAt: '2026-01-05T10:00:00Z' });
  blotter.add({ title: 'Ink runs out', createdAt: '2026-02-01T10:00:00Z', target: 'v2' });
  console.log(blotter.url);
}
