import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { answerError, expectedError, graphqlError, lostError } from '../../../../src/trackers/github/transport/errors.js';

const about = { what: 'GET /repos/acme/app', source: 'GITHUB_TOKEN', ambiguousWrite: false };
const sso = 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1';
const failed = (status: number, message: string, headers: Record<string, string> = {}) =>
  answerError({ status, headers, data: { message } }, about);

describe('answers', () => {
  test.each([
    [401, 'Bad credentials', 'auth', 'GitHub does not accept the token from GITHUB_TOKEN (401: Bad credentials).'],
    [
      403,
      'Resource not accessible by integration',
      'permission',
      'GitHub does not allow GET /repos/acme/app (403: Resource not accessible by integration).',
    ],
    [
      404,
      'Not Found',
      'not-found',
      'GitHub found nothing for GET /repos/acme/app, or does not show it to this token (404: Not Found).',
    ],
    [409, 'Conflict', 'conflict', 'GitHub could not carry out GET /repos/acme/app at this moment (409: Conflict).'],
    [410, 'This issue was deleted', 'gone', 'What GET /repos/acme/app is about is gone (410: This issue was deleted).'],
    [418, 'teapot', 'unexpected', 'GitHub answered GET /repos/acme/app in a way that is not understood (418: teapot).'],
    [500, 'Server Error', 'network', 'GitHub is in trouble: GET /repos/acme/app failed (500: Server Error).'],
  ])('%i', (status, said, kind, message) => {
    expect(failed(status, said)).toMatchObject({ kind, message });
  });

  test('rights that lack are named in the hint, and single sign-on with its address', () => {
    expect(failed(403, 'no').hint).toMatch(/Issues: write.*issues: write.*triage/s);
    expect(failed(403, 'no', { 'x-github-sso': sso }).hint).toBe(
      'Authorize the token for single sign-on: https://github.com/orgs/acme/sso?authorization_request=A1',
    );
  });

  test('what is wrong with a request is told, in one harmless line', () => {
    const errors = [{ message: 'body is too long' }, { resource: 'Issue', field: 'type', code: 'invalid' }, 'also\u001b[2J'];
    const error = answerError({ status: 422, headers: {}, data: { message: 'Validation Failed', errors } }, about);
    expect(error).toMatchObject({
      kind: 'validation',
      message: 'GitHub refuses GET /repos/acme/app (422: Validation Failed: body is too long: type invalid: also [2J).',
    });
  });

  test('a write that may have been carried out says so', () => {
    const error = answerError({ status: 502, headers: {}, data: '' }, { ...about, ambiguousWrite: true });
    expect(error).toMatchObject({ ambiguousWrite: true, message: expect.stringContaining('may have been carried out') });
  });

  test('a web page with an error status is none of GitHub either', () => {
    const data = '<html>Proxy authentication required</html>';
    const error = answerError({ status: 407, headers: { 'content-type': 'text/html' }, data }, about);
    expect(error).toMatchObject({ kind: 'unexpected', message: expect.not.stringContaining('<html>') });
  });
});

describe('no answer', () => {
  const chain = (code: string, message: string) =>
    new Error('outer', { cause: new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }) });
  test.each([
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', /connect ECONNREFUSED/, /network/],
    ['ECONNREFUSED', '', /ECONNREFUSED/, /network/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate', /self-signed/, /NODE_EXTRA_CA_CERTS/],
  ])('%s %s', (code, text, message, hint) => {
    expect(lostError(chain(code, text), about)).toMatchObject({
      kind: 'network',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});

describe('GraphQL', () => {
  test.each([
    ['NOT_FOUND', 'not-found', 'credentials'],
    ['FORBIDDEN', 'permission', 'credentials'],
    ['INSUFFICIENT_SCOPES', 'permission', 'credentials'],
    [undefined, 'unexpected', 'tracker'],
  ])('%s', (type, kind, code) => {
    expect(graphqlError([{ type, message: 'no' }], 'acme/app')).toMatchObject({
      kind,
      code,
      message: expect.stringMatching(/acme\/app.*no/),
    });
  });

  test('single sign-on', () => {
    const problem = { type: 'FORBIDDEN', message: 'Resource protected', extensions: { saml_failure: true } };
    expect(graphqlError([problem], 'acme/app').hint).toMatch(/single sign-on/);
  });
});

test('only what can be expected is told; a defect or an interruption goes on', () => {
  const known = new TrackerError('network', 'no');
  const defect = new TypeError('oops');
  expect(expectedError(known, new AbortController().signal)).toBe(known);
  expect(() => expectedError(defect, new AbortController().signal)).toThrow(defect);
  expect(() => expectedError(known, AbortSignal.abort())).toThrow(known);
});
