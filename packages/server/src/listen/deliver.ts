/** Calls webhooks over `node:http(s)`. Redirects are not followed, because only the registered URL was validated. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Deliver, mayCall } from '../notifications/deliver.ts';

/** Maximum number of bytes of a response that are read; a validation token is short. */
const longestAnswer = 64 * 1024;

/**
 * Sends a POST request to an https URL, or to http on this machine. @throws Error for another URL, a broken connection, or
 * an abort.
 */
export const nodeDeliver: Deliver = ({ url, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    if (!mayCall(url)) {
      reject(new Error('Notifications can be sent to https URLs, or to this machine.'));
      return;
    }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(
      url,
      { method: 'POST', signal, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } },
      (answer) => {
        const chunks: Buffer[] = [];
        let length = 0;
        answer.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length <= longestAnswer) chunks.push(chunk);
          else answer.destroy(new Error('The response of the webhook is too long.'));
        });
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            contentType: answer.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
