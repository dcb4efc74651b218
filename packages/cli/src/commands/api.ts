/** `api`: sends any request to Microsoft Graph, signed in. For everything that has no command. */

import { OneDriveError } from 'onedrive-kit/errors';
import type { GraphClient } from 'onedrive-kit/graph';
import type { HttpRequest, HttpResponse } from 'onedrive-kit/http';
import { bytesBody, readJson, readText } from 'onedrive-kit/http';
import { graphErrorOf } from 'onedrive-kit/internal/graph/error-answer';
import { followRedirects } from 'onedrive-kit/internal/http/follow-redirects';
import { transferUrl } from 'onedrive-kit/internal/http/transfer-url';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { bytesArgument } from '../arguments/json-argument.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { binaryHints, contentWriter } from '../output/binary-guard.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'api',
  group: 'more',
  summary: 'Send any request to the Microsoft Graph API, signed in',
  description:
    'PATH is relative to the API version, such as /me/drive. Redirects to content are\nfollowed without the token. The response is printed unchanged; --json, --query and\n--object-key parse it as JSON.',
  arguments: [
    { name: 'method', description: 'HTTP method: GET, POST, PATCH, PUT or DELETE (omit it for GET)' },
    { name: 'path', description: 'path and query, such as /me/drive/root/children?$top=5', optional: true },
    { name: 'body', description: 'text, @FILE, or - for stdin', optional: true },
  ],
  options: [
    {
      name: 'content-type',
      formerly: ['-t'],
      value: 'TYPE',
      default: 'application/json',
      description: 'content type of the body',
    },
    { ...dryRunOption, description: 'print the request instead of sending it (GET is still sent)' },
  ],
  examples: [
    { line: 'api GET /me/drive', note: 'print one object' },
    { line: "api GET '/me/drive/root/children?$top=3' --query 'value[].name'", note: 'print names only' },
    { line: `api PATCH /me/drive/root:/a.txt '{"description": "draft"}'`, note: 'change a property' },
  ],
  async run(context, { method: first, path: second, body }, options) {
    // `api /me/drive` is `api GET /me/drive`.
    const [method, path] = second === undefined ? ['GET', first] : [first, second];
    if (!/^[a-z]+$/i.test(method)) throw new OneDriveError('usage', `Invalid HTTP method "${method}".`);
    const bytes = body === undefined ? undefined : await bytesArgument(body, context);
    const client = await context.client();
    const request: HttpRequest = {
      method: method.toUpperCase(),
      url: urlOf(client, path),
      headers: { accept: '*/*', ...(bytes === undefined ? {} : { 'content-type': options['content-type'] }) },
      body: bytes && bytesBody(bytes),
      signal: context.signal,
    };
    const writes = !/^(GET|HEAD)$/.test(request.method);
    if (options['dry-run'] && writes)
      return printPlan(context, [
        { action: `send ${request.method} to`, object: request.url, bytes: bytes?.byteLength ?? 0 },
      ]);
    await show(await respond(client, request, `${method.toUpperCase()} ${path}`), context);
  },
});

/** @throws OneDriveError `usage` for another host: the token must not go there. */
function urlOf(client: GraphClient, path: string): string {
  if (path.startsWith(`${client.baseUrl}/`)) return path;
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
    throw new OneDriveError(
      'usage',
      `${path} is not below ${client.baseUrl}: the access token is sent only there.`,
      {
        hint: 'Pass only the path, such as /me.',
      },
    );
  }
  return `${client.baseUrl}/${path.replace(/^\/+/, '')}`;
}

async function respond(client: GraphClient, request: HttpRequest, what: string): Promise<HttpResponse> {
  const follows = /^(GET|HEAD)$/.test(request.method);
  const first = (url: string) => url === request.url;
  const response = follows
    ? await followRedirects(request.url, what, (url) =>
        first(url)
          ? client.transport(request)
          : client.plain({ ...request, url: transferUrl(url, client.baseUrl, what) }),
      )
    : await client.transport(request);
  if (response.status < 300) return response;
  throw graphErrorOf(what, response.status, response.headers, await readText(response));
}

async function show(response: HttpResponse, context: Context): Promise<void> {
  if (wantsObjects(context.flags)) return context.printRaw(await readJson(response));
  if (!/\bjson\b/.test(response.headers['content-type'] ?? '')) {
    const write = contentWriter(context.streams.stdout, binaryHints.pipe);
    for await (const chunk of response.body) await write(chunk);
    return;
  }
  const text = await readText(response);
  await context.streams.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
