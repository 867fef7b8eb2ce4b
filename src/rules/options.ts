import { z } from 'zod';
import { DURATION_PATTERN, type Duration, parseDuration } from '../model/duration.js';

/** `6w` in the configuration, a {@link Duration} in the program. */
export const duration: z.ZodType<Duration, string> = z
  .string({ error: 'expected a duration such as 36h, 10d, 6w, 3mo or 1y' })
  .regex(DURATION_PATTERN, { error: 'expected a duration such as 36h, 10d, 6w, 3mo or 1y' })
  .transform((text) => parseDuration(text) as Duration);

/** A list of names; `*` in a name stands for any characters. */
export const names: z.ZodType<string[], string[]> = z.array(z.string().trim().min(1));

/** A switch. */
export const flag: z.ZodType<boolean, boolean> = z.boolean();

/** A number that must be reached. */
export const threshold: z.ZodType<number, number> = z.number().int().min(1);
