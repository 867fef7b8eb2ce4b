import { TrackerError } from 'bugprune';

/** What the answers of Blotter mean. Any other is unexpected. */
const KINDS = { 400: 'validation', 401: 'auth', 403: 'permission', 404: 'not-found', 409: 'conflict', 410: 'gone', 429: 'rate-limit' };

const PATIENCE = 30_000;

/** Requests to one Blotter: `client('GET', '/whoami', call)`. Rejects with a TrackerError, or with the signal's reason. */
export function openClient({ url, token }, env) {
  const variable = token?.env ?? 'BLOTTER_TOKEN';
  const secret = env.variables[variable];
  if (!secret) throw new TrackerError('auth', `There is no token for ${url}.`, { hint: `Set ${variable}.` });
  env.secret(secret);
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'application/json',
    'user-agent': `bugprune/${env.version}`,
  };

  return async (method, path, { signal }, body) => {
    signal.throwIfAborted();
    // A write of which no answer came may have been carried out; nobody may simply write again.
    const ambiguousWrite = method !== 'GET';
    const what = `${method} ${url}${path}`;
    let answer, text;
    try {
      answer = await fetch(url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // The token goes to this host only.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      });
      text = await answer.text();
    } catch (cause) {
      signal.throwIfAborted();
      throw new TrackerError('network', `${what}: no answer`, { cause, ambiguousWrite });
    }
    if (!answer.ok) throw refusal(what, answer, ambiguousWrite);
    return parse(what, text, ambiguousWrite);
  };
}

function refusal(what, { status, headers }, write) {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return new TrackerError(KINDS[status] ?? 'unexpected', `${what}: the answer was ${status}`, {
    ambiguousWrite: write && status >= 500,
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  });
}

function parse(what, text, ambiguousWrite) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TrackerError('unexpected', `${what}: the answer is not JSON`, { cause, ambiguousWrite });
  }
}
