import { TrackerError, type TrackerErrorKind } from '../../../errors.js';
import { cleanText } from '../../../model/text.js';
import type { Call, Diagnosis, NamesInUse } from '../../tracker.js';
import type { Facts } from '../reading/facts.js';
import type { JiraSettings } from '../settings.js';
import { statuses, understand } from '../transport/answers.js';
import { inParallel } from '../transport/parallel.js';
import type { Session } from '../transport/session.js';
import { bugTypes } from './bug-types.js';
import { closingResolutions, closingStatuses, inProgress } from './closing.js';
import { userCondition } from './condition.js';
import { fieldsUsed } from './fields.js';
import { labelsUsed } from './labels.js';
import { prioritiesUsed, targetsUsed, typesUsed } from './names.js';
import { readPlace, type Survey } from './place.js';
import { rateLeft, serverKind } from './server.js';
import { standing } from './standing.js';

/** Requests under way at once. */
const AT_ONCE = 4;

/** What there is to look at, and to look with. */
interface Examination {
  readonly session: Session;
  readonly survey: Survey;
  readonly settings: JiraSettings;
  readonly facts: Facts;
  readonly names: NamesInUse;
  readonly call: Call;
}

/**
 * Looks at the projects of the settings: whether they are there for us, what we may do in them, and whether everything exists that
 * settings and rules speak of. Writes nothing. What cannot be read is told as a problem, and keeps nothing else from being looked at.
 */
export async function diagnose(settings: JiraSettings, facts: Facts, names: NamesInUse, call: Call): Promise<Diagnosis[]> {
  const session = await facts.session(call);
  const errors: TrackerError[] = [];
  const read = await inParallel(settings.projects, AT_ONCE, (key) =>
    attempt(errors, async () => [await readPlace(session, settings, key, call)]),
  );
  const survey: Survey = { places: read.flat(), complete: errors.length === 0 };
  const looks = survey.places.length > 0 ? looksAt({ session, survey, settings, facts, names, call }) : [];
  const found = await inParallel(looks, AT_ONCE, (look) => attempt(errors, look));
  return [
    ...serverKind(session, settings.url),
    ...told(errors, call),
    ...survey.places.flatMap((place) => standing(place, settings, session.self.name)),
    ...bugTypes(survey, settings),
    ...typesUsed(survey, names.types),
    ...targetsUsed(survey, settings.targets, names.targets),
    ...found.flat(),
  ].map(clean);
}

/** What takes further requests. */
function looksAt({ session, survey, settings, facts, names, call }: Examination): (() => Promise<Diagnosis[]>)[] {
  const { places } = survey;
  return [
    () => prioritiesUsed(session, names.priorities, call),
    () => labelsUsed(session, places, names.labels, call),
    () => userCondition(session, places, settings, call),
    () => fieldsUsed(settings, facts, call),
    async () => closingResolutions(await facts.resolutions(call), settings.closeAs),
    async () => {
      const answer = await session.api.read({ path: '/status' }, call);
      const known = understand(statuses, answer, 'its statuses');
      const left = rateLeft(answer, session);
      return [...closingStatuses(known, settings.closeAs), ...inProgress(known, settings.inProgress), left];
    },
  ];
}

async function attempt<Found>(errors: TrackerError[], look: () => Promise<Found[]>): Promise<Found[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    errors.push(error);
    return [];
  }
}

/** These concern all requests alike, so that one of a kind says enough. */
const COMMON: ReadonlySet<TrackerErrorKind> = new Set<TrackerErrorKind>(['auth', 'network', 'rate-limit']);

/** What is not for us to see is a finding; anything else that keeps us from looking is a problem. */
function told(errors: readonly TrackerError[], call: Call): Diagnosis[] {
  const distinct = errors.filter(
    ({ kind }, index) => !COMMON.has(kind) || errors.findIndex((one) => one.kind === kind) === index,
  );
  for (const error of distinct) if (error.code !== 'credentials') call.on({ type: 'problem', error });
  return distinct
    .filter(({ code }) => code === 'credentials')
    .map(({ message, hint = 'Look at the credentials, and at what they allow.' }) => ({
      severity: 'credentials',
      message,
      hint,
    }));
}

/** Names come from the site, and may hold anything. */
function clean({ severity, message, hint }: Diagnosis): Diagnosis {
  return { severity, message: cleanText(message), ...(hint !== undefined && { hint: cleanText(hint) }) };
}
