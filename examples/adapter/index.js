// An adapter for "Blotter", a tracker that is made up for this example: docs/adapters.md goes through it step by step.
import { z } from 'zod';

/** Plain http would show the token to everybody on the way; a stand-in on this machine is the exception. */
const SAFE = /^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/;

const settings = z.strictObject({
  type: z.literal('blotter'),
  url: z.url().regex(SAFE, 'expected https').describe('Where Blotter is: https://blotter.example.com.'),
  product: z.string().describe('The product whose bugs are looked at.'),
  token: z.strictObject({ env: z.string() }).optional().describe('Where the token is. Default: BLOTTER_TOKEN.'),
});

/** `blotter:https://blotter.example.com/app`, and with a number behind it one bug. */
function recognize(text) {
  const [, url, product, number] = /^blotter:(https?:\/\/[^/]+)\/(\w+)(?:\/(\d+))?$/.exec(text) ?? [];
  if (url === undefined || product === undefined) return null;
  return {
    name: product,
    settings: { type: 'blotter', url, product },
    ...(number === undefined ? {} : { ref: `${product}-${number}` }),
  };
}

export default {
  type: 'blotter',
  settings,
  recognize,
  usualCredentials: ({ url, token }, { BLOTTER_TOKEN }) =>
    token === undefined && BLOTTER_TOKEN ? { from: 'BLOTTER_TOKEN', host: new URL(url).host } : null,
  // What it takes to work loads only when it is needed.
  open: async (given, env) => (await import('./tracker.js')).openBlotter(given, env),
};
