// The client of the delta benchmark: reads pages to the end of a round, or as many as requested, and parses nothing but the
// link to the next. Argument: JSON `{url, token, pages?}`. Prints `{ms, pages, bytes}`.
import { Agent, get } from 'node:http';

const { url, token, pages: wanted = Number.POSITIVE_INFINITY } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const headers = { authorization: `Bearer ${token}` };

/** The bytes of a page, and its beginning, where the link to the next is. */
function read(page) {
  return new Promise((resolve, reject) => {
    const request = get(page, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${page} was answered ${response.statusCode}`));
      let bytes = 0;
      let head = '';
      response.on('data', (chunk) => {
        if (head.length < 4096) head += chunk.toString('latin1', 0, 4096);
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ bytes, head }));
    });
    request.on('error', reject);
  });
}

const started = performance.now();
let pages = 0;
let bytes = 0;
for (let next = url; next !== undefined && pages < wanted; pages++) {
  const page = await read(next);
  bytes += page.bytes;
  next = wanted === Number.POSITIVE_INFINITY ? /"@odata\.nextLink":"([^"]+)"/.exec(page.head)?.[1] : next;
}
console.log(JSON.stringify({ ms: performance.now() - started, pages, bytes }));
agent.destroy();
