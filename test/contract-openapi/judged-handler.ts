/**
 * A handler whose every JSON answer is judged by Microsoft's OpenAPI document, those of the members of a batch too.
 * Findings are kept, not thrown: a broken answer must not look like a broken network to a client that tries again.
 */
import type { Handler, ServerRequest } from '../../packages/server/src/core/http.ts';
import { type Contract, loadContract } from './contract.ts';
import { report } from './findings.ts';

const version = '/v1.0';

/** What is not judged. */
export interface Spoilt {
  /** Did a fault strike this request? */
  readonly spoilt: (request: ServerRequest) => boolean;
  /** May a fault strike the members of a batch? */
  readonly spoils: () => boolean;
}

/** `handler`, or the same if there is no document to judge by. */
export function judgedHandler(
  handler: Handler,
  { spoilt, spoils }: Spoilt = { spoilt: () => false, spoils: () => false },
): Handler {
  const contract = loadContract();
  if (contract === undefined) return handler;
  return async (request) => {
    const { pathname } = request.url;
    if (!pathname.startsWith(`${version}/`)) return handler(request);
    const path = pathname.slice(version.length);
    const { heard, members } = path === '/$batch' ? await overheard(request) : { heard: request };
    const answer = await handler(heard);
    const type = answer.headers['Content-Type'] ?? '';
    if (!type.startsWith('application/json') || typeof answer.body !== 'string' || spoilt(heard))
      return answer;
    const body = parsed(answer.body);
    judge(contract, request.method, path, { status: answer.status, body });
    if (members !== undefined && !spoils()) judgeMembers(contract, members, body);
    return answer;
  };
}

interface Judged {
  readonly status: number;
  readonly body: unknown;
}

function judge(contract: Contract, method: string, path: string, { status, body }: Judged): void {
  report(`The answer ${status} to ${method} ${path}`, contract.judge(method, path, status, body));
}

interface Member {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly url?: unknown;
}

/** The answers in a batch, each by the request that it answers. */
function judgeMembers(contract: Contract, members: readonly Member[], body: unknown): void {
  const { responses } = (body ?? {}) as { responses?: unknown };
  if (!Array.isArray(responses)) return;
  for (const { id, status, body: inner } of responses as readonly (Judged & { readonly id: string })[]) {
    const asked = members.find((one) => one.id === id);
    if (inner === undefined || typeof inner === 'string' || typeof asked?.url !== 'string') continue;
    const path = (asked.url.startsWith('/') ? asked.url : `/${asked.url}`).split('?')[0] ?? '';
    judge(contract, String(asked.method).toUpperCase(), path, { status, body: inner });
  }
}

/** The request again, and the members that its body names. */
async function overheard(
  request: ServerRequest,
): Promise<{ readonly heard: ServerRequest; readonly members?: readonly Member[] }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body) chunks.push(chunk.slice());
  const { requests } = (parsed(Buffer.concat(chunks).toString()) ?? {}) as { requests?: unknown };
  async function* again() {
    yield* chunks;
  }
  return {
    heard: { ...request, body: again() },
    ...(Array.isArray(requests) ? { members: requests as readonly Member[] } : {}),
  };
}

/** The value; undefined if it is not JSON, for example after a fault. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
