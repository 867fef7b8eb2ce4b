import { createHash } from 'node:crypto';
import { type Markup, markup, verbatim } from './markup.js';

/** What a page of ours runs and looks like; `script: null`: nothing runs on it. */
export interface PageParts {
  readonly style: string;
  readonly script: string | null;
}

/**
 * The beginning of a page, up to its body. By their hashes the browser knows the style and the script that are ours, and runs no others;
 * nothing may be loaded or sent.
 */
export function pageHead(title: string, { style, script }: PageParts): Markup {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === null ? [] : [`script-src '${hashOf(script)}'`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // Double quotes only: in this one attribute, every apostrophe is part of the policy.
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>bugprune: ${title}</title>
<style>${verbatim(style)}</style>
</head>
`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
