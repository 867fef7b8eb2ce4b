import { validate } from '@octokit/graphql-schema';
import { expect, test } from 'vitest';
import {
  ALL_FIELDS,
  earlierHistories,
  FIELDS,
  histories,
  ORGANIZATION,
  REPOSITORY_FACTS,
  REPOSITORY_NAMES,
  VIEWER,
} from '../../../../src/trackers/github/transport/documents.js';

test.each([
  ['the viewer', VIEWER],
  ['a repository', REPOSITORY_FACTS],
  ['the names in a repository', REPOSITORY_NAMES],
  ['an organization', ORGANIZATION],
  ['the fields of a server', FIELDS],
  ['histories', histories(ALL_FIELDS)],
  ['one earlier part', earlierHistories(1, ALL_FIELDS)],
  ['many earlier parts', earlierHistories(25, ALL_FIELDS)],
])("the document for %s fits GitHub's schema", (_, document) => {
  expect(validate(document).map(String)).toEqual([]);
});

test('the check sees what does not fit', () => {
  expect(validate(VIEWER.replace('login', 'name1'))).not.toEqual([]);
});
