import type { TrackerError } from '../../../errors.js';
import type { Call, TrackerEnv } from '../../tracker.js';
import { answerError, limitError, lostError } from './errors.js';
import { rateLimit } from './limits.js';
import { type Answer, graphqlErrors, header, isReadable, isWebPage, type Outcome, whatCame } from './outcome.js';
import { type Api, LONGEST_READ_PAUSE } from './read-gate.js';
import type { Traffic } from './traffic.js';
import { LONGEST_WRITE_PAUSE } from './write-gate.js';

/**
 * How often a request may be sent. `idempotent`: a write that does no more when it is done twice. `once`: a write that must
 * not be sent again unless it was refused.
 */
export type Access = 'read' | 'idempotent' | 'once';

/** What a request needs on its way. */
export interface Passage {
  readonly call: Call;
  readonly env: TrackerEnv;
  readonly traffic: Traffic;
  readonly api: Api;
  /** In words where the token came from. */
  readonly source: string;
}

/** Seconds to wait before a request that failed is sent again. */
const RETRIES = [1, 2, 4];
const MOST_REFUSALS = 4;

/**
 * Which requests may be repeated. Adding a label that is there changes nothing, a second comment is a second comment.
 * All our GraphQL documents are queries.
 */
export function accessOf(method: string, url: string): Access {
  if (method === 'GET' || apiFor(url) === 'graphql') return 'read';
  return method === 'POST' && !url.endsWith('/labels') ? 'once' : 'idempotent';
}

/** Which of the two APIs a URL belongs to. */
export function apiFor(url: string): Api {
  return url.endsWith('/graphql') ? 'graphql' : 'rest';
}

/**
 * Sends a request until it is answered well: waits where GitHub wants a pause, which it only says instead of doing what was
 * asked, and tries again where that can do no harm. A write waits for a minute at most and throws `rate-limit` when it would take
 * more. Throws a TrackerError, or the signal's reason when a read is aborted.
 */
export function exchange<A extends Answer>(
  send: () => Promise<Outcome<A>>,
  access: Access,
  what: string,
  passage: Passage,
): Promise<A> {
  const attempts = () => untilAnswered(send, access, what, passage);
  return access === 'read' ? attempts() : passage.traffic.writes.alone(attempts);
}

async function untilAnswered<A extends Answer>(
  send: () => Promise<Outcome<A>>,
  access: Access,
  what: string,
  passage: Passage,
): Promise<A> {
  const began = passage.env.elapsed();
  // What a write goes by was read before it, and must not be too old when it is sent at last.
  const isTooLong = (seconds: number) =>
    access === 'read' ? seconds > LONGEST_READ_PAUSE : seconds + (passage.env.elapsed() - began) / 1000 > LONGEST_WRITE_PAUSE;
  for (let refusals = 0, failures = 0; ; ) {
    const doubtful = access !== 'read' && failures > 0;
    const outcome = await attempt(send, access, passage, doubtful);
    const answer = whatCame(outcome);
    const limit = answer && rateLimit(answer, refusals, passage.env.now());
    if (limit) {
      // The gates keep it, for this request and for all others to this host.
      passage.traffic.silence.keep(limit.seconds, limit.reason);
      if (++refusals > MOST_REFUSALS || isTooLong(limit.seconds)) {
        throw limitError(limit.seconds, `${limit.reason}; ${what} was given up`, doubtful);
      }
      continue;
    }
    const trouble = troubleWith(answer);
    if ('answer' in outcome && trouble === 'none') return outcome.answer;
    const next = RETRIES[failures++];
    const seconds = next === undefined ? Number.POSITIVE_INFINITY : (retryAfter(answer) ?? next);
    if (trouble !== 'passing' || access === 'once' || isTooLong(seconds)) throw failure(outcome, access, what, passage);
    await pause(passage, seconds, `${what} failed; it is tried again`);
  }
}

/** Sends once, when it is time to. What an interruption made of a write is for the caller to judge; a read simply ends. */
async function attempt<A extends Answer>(
  send: () => Promise<Outcome<A>>,
  access: Access,
  { call, traffic, api }: Passage,
  doubtful: boolean,
): Promise<Outcome<A>> {
  if (access === 'read') {
    const outcome = await traffic.reads.pass(api, call, send);
    call.signal.throwIfAborted();
    return outcome;
  }
  await traffic.writes.turn(call, doubtful);
  call.signal.throwIfAborted();
  traffic.reads.countWrite();
  const outcome = await send();
  traffic.writes.done();
  return outcome;
}

/** `passing`: nobody can say what became of the request, and another attempt may succeed. */
function troubleWith(answer: Answer | null): 'none' | 'passing' | 'lasting' {
  if (!answer || answer.status >= 500) return 'passing';
  if (answer.status >= 300) return 'lasting';
  if (!isReadable(answer)) return isWebPage(answer) ? 'lasting' : 'passing';
  // GraphQL reports its own time-outs with status 200.
  return graphqlErrors(answer.data).some(({ message }) => /^something went wrong/i.test(message)) ? 'passing' : 'none';
}

function failure(outcome: Outcome, access: Access, what: string, { call, source }: Passage): TrackerError {
  const answer = whatCame(outcome);
  const refused = answer !== null && answer.status >= 300 && answer.status < 500;
  const circumstances = { what, source, ambiguousWrite: access !== 'read' && !refused };
  if (answer) return answerError(answer, circumstances);
  const cause = 'lost' in outcome && !call.signal.aborted ? outcome.lost : new Error('interrupted');
  return lostError(cause, circumstances);
}

function retryAfter(answer: Answer | null): number | null {
  const seconds = Number((answer && header(answer, 'retry-after')) ?? Number.NaN);
  return seconds >= 0 && seconds <= LONGEST_READ_PAUSE ? seconds : null;
}

async function pause({ call, env }: Passage, seconds: number, reason: string): Promise<void> {
  call.on({ type: 'wait', seconds, reason });
  await env.sleep(seconds * 1000, call.signal);
}
