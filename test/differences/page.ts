/** The page *differences from the service*, made from the routes and from what is known not to be served. */

import { driveRoutes, graphRoutes } from '../../packages/server/src/core/graph-routes.ts';
import { notServed } from '../../packages/server/src/core/not-served.ts';
import { quirks } from '../../packages/server/src/testing/quirks/quirks.ts';

const places = { item: '{item}/', drive: '{drive}/', api: '/' } as const;

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const path = (on: keyof typeof places, tail: string): string =>
  `\`${(places[on] + tail).replace(/(?<=.)\/$/, '')}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** The whole page, as Markdown. */
export function differencesPage(): string {
  const partly = [
    ...graphRoutes.map(({ method, path: tail, lacks }) => [method, path('api', tail), lacks] as const),
    ...driveRoutes.map(({ method, on, tail, lacks }) => [method, path(on, tail), lacks] as const),
  ].flatMap(([method, address, lacks]) => (lacks === undefined ? [] : [[method, address, lacks]]));
  const routes = [
    ...graphRoutes.map((route) => [route.method, path('api', route.path), route.source] as const),
    ...driveRoutes.map((route) => [route.method, path(route.on, route.tail), route.source] as const),
  ].sort((left, right) => (left[1] + left[0] < right[1] + right[0] ? -1 : 1));
  return `# Differences from the service

This page is made from the routes of the embedded OneDrive (\`npx vitest run test/differences -u\` writes it, and the
tests fail when it is not fresh).

## Answered with 501

Operations that Microsoft Graph has and this server has not. Each is answered with status 501, the code \`notSupported\`
and the reason that stands here. \`{drive}\` is any address of a drive, \`{item}\` any address of an item.

${table(
  ['methods', 'address', 'why'],
  notServed.map(({ on, methods, pattern, why }) => [methods.join(', '), path(on, pattern), why]),
)}

## Served in part

${table(['method', 'address', 'what is different'], partly)}

## Off unless asked for

What the live service does although no document says so. Turn a quirk on with \`settings: { quirks: ['…'] }\`.

${table(
  ['quirk', 'what it does', 'seen in'],
  Object.entries(quirks).map(([name, { does, source }]) => [`\`${name}\``, does, source]),
)}

## Served

${table(['method', 'address', 'source of its rules'], routes)}
`;
}
