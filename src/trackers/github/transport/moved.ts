import { z } from 'zod';
import { formatRef } from '../ref.js';
import { type Answer, header, type Outcome } from './outcome.js';

const place = z.union([z.object({ repository_url: z.string(), number: z.number() }), z.object({ full_name: z.string() })]);

/**
 * The answer with the name of the place that a redirect points to, where that can be found out by one more reading.
 * Renamed repositories and transferred issues redirect to addresses with numbers instead of names. Never asks another host.
 */
export async function nameNewPlace<A extends Answer>(
  answer: A,
  api: string,
  read: (url: string) => Promise<Outcome>,
): Promise<A> {
  const location = header(answer, 'location') ?? '';
  if (!URL.canParse(location, api)) return answer;
  const url = new URL(location, api);
  if (url.origin !== new URL(api).origin) return answer;
  const outcome = await read(url.href);
  const found = place.safeParse('answer' in outcome ? outcome.answer.data : null).data;
  if (!found) return answer;
  return { ...answer, movedTo: 'full_name' in found ? found.full_name : formatRef(nameOf(found.repository_url), found.number) };
}

/** `acme/app` from the URL that the API gives for a repository. */
export function nameOf(repositoryUrl: string): string {
  return repositoryUrl.split('/').slice(-2).join('/');
}
