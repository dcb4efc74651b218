/**
 * A transport whose every request to Microsoft Graph is judged by Microsoft's OpenAPI document: operation, query, body;
 * the members of a batch too. Pre-authenticated addresses of uploads, downloads and monitors are beyond the document.
 */
import type { HttpRequest, TransportDecorator } from '../../packages/kit/src/http/transport.ts';
import { type Contract, loadContract } from './contract.ts';
import { report } from './findings.ts';
import type { RequestParts } from './request-judge.ts';

/** Told of every request that was judged. */
export type OnJudged = (operation: string) => void;

/** Judges what goes through; lets everything through. Nothing is judged without the document. */
export function judgedRequests(onJudged: OnJudged = () => {}): TransportDecorator {
  return (inner) => async (request) => {
    const contract = loadContract();
    const target = contract === undefined ? undefined : targetOf(request.url);
    if (contract !== undefined && target !== undefined) {
      const { json, bytes } = await bodyOf(request);
      const whole = { method: request.method.toUpperCase(), target, body: json, bytes };
      for (const one of [whole, ...membersOf(whole)]) judge(contract, one, onJudged);
    }
    return inner(request);
  };
}

function judge(contract: Contract, request: RequestParts, onJudged: OnJudged): void {
  const { method, target } = request;
  report(`The request ${method} ${target}`, contract.judgeRequest(request));
  const operation = contract.operation(method, target.split('?')[0] ?? '');
  if (operation !== undefined) onJudged(operation);
}

/** Below the version, with the query; undefined for an address that is not of Microsoft Graph. */
function targetOf(url: string): string | undefined {
  const { pathname, search, hostname } = new URL(url);
  const ofGraph = hostname === 'graph.microsoft.com' || /^(localhost|127\.)/.test(hostname);
  return ofGraph && pathname.startsWith('/v1.0/') ? `${pathname.slice('/v1.0'.length)}${search}` : undefined;
}

async function bodyOf({
  headers,
  body,
}: HttpRequest): Promise<{ readonly json?: unknown; readonly bytes: boolean }> {
  if (body === undefined || body.length === 0) return { bytes: body !== undefined && !isJson(headers) };
  if (!isJson(headers) || !body.replayable) return { bytes: true };
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk.slice());
  return { json: JSON.parse(Buffer.concat(chunks).toString()) as unknown, bytes: false };
}

const isJson = (headers: HttpRequest['headers']): boolean =>
  /^application\/json\b/.test(headers['content-type'] ?? 'application/json');

/** The requests in a batch. */
function membersOf({ target, body }: RequestParts): readonly RequestParts[] {
  if (target !== '/$batch') return [];
  const { requests } = body as { requests: readonly { method: string; url: string; body?: unknown }[] };
  return requests.map(({ method, url, body: inner }) => ({
    method,
    target: url,
    // Anything but JSON goes as base64 in a batch.
    ...(typeof inner === 'string' ? { bytes: true } : { body: inner }),
  }));
}
