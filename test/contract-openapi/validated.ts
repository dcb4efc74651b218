/** A handler whose every JSON answer is judged by Microsoft's OpenAPI document. */
import type { Handler } from '../../src/server/http.ts';
import { loadContract } from './contract.ts';

let noticed = false;

/** `handler`, or the same if there is no document to judge by. An answer that breaks the contract throws. */
export function validated(handler: Handler): Handler {
  const contract = loadContract();
  if (contract === undefined) {
    if (!noticed)
      console.info('ONEDRIVE_KIT_CONTRACT names no openapi-drive.json: answers are not validated.');
    noticed = true;
    return handler;
  }
  return async (request) => {
    const answer = await handler(request);
    const { pathname } = request.url;
    if (!pathname.startsWith('/v1.0/')) return answer;
    const path = pathname.slice('/v1.0'.length);
    const type = answer.headers['Content-Type'] ?? '';
    if (!type.startsWith('application/json') || typeof answer.body !== 'string') return answer;
    const problems = contract.judge(request.method, path, answer.status, JSON.parse(answer.body));
    if (problems.length > 0)
      throw new Error(
        `${request.method} ${path} → ${answer.status} breaks the contract:\n${problems.slice(0, 8).join('\n')}`,
      );
    return answer;
  };
}
