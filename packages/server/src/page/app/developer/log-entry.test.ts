import { expect, it } from 'vitest';
import { curlCommand, type LogEntry, matches, outcomeOf, pathOf } from './log-entry.ts';

const entry: LogEntry = {
  id: 1,
  time: 0,
  ms: 3,
  method: 'PATCH',
  url: "http://127.0.0.1:8080/v1.0/me/drive/root:/it's%20me.txt:?$select=id",
  status: 429,
  units: 1,
  requestHeaders: { host: 'x', authorization: 'Bearer …', 'content-type': "a'b", 'sec-fetch-site': 'none' },
  responseHeaders: {},
  faults: ['status'],
};

it('a curl command quotes for the shell, and leaves out what curl sends by itself', () => {
  expect(curlCommand(entry)).toBe(
    `curl -i -X PATCH -H 'authorization: Bearer …' -H 'content-type: a'\\''b' 'http://127.0.0.1:8080/v1.0/me/drive/root:/it'\\''s%20me.txt:?$select=id'`,
  );
});

it.each([
  ['', true],
  ['patch', true],
  ['PATCH 429', true],
  ['4xx me.txt', true],
  ['5xx', false],
  ['status', true],
  ['get', false],
])('the filter "%s" matches: %s', (filter, expected) => expect(matches(entry, filter)).toBe(expected));

it('shows a readable path, and how a request ended', () => {
  expect(pathOf(entry)).toBe("/v1.0/me/drive/root:/it's me.txt:?$select=id");
  expect([200, 302, 404, 503].map((status) => outcomeOf({ ...entry, status }))).toEqual([
    'ok',
    'redirect',
    'refused',
    'failed',
  ]);
  const { id, time, ms, method, url, units, requestHeaders, responseHeaders, faults } = entry;
  const broken = { id, time, ms, method, url, units, requestHeaders, responseHeaders, faults };
  expect(outcomeOf(broken)).toBe('failed');
});
