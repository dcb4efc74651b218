// What the embedded server is held against: bare `node:http` that moves the same bytes and knows nothing. Argument: JSON
// `{folder, texts}`: `GET /text/{name}` answers the text of that name with the headers that Graph sends, `PUT /keep/…` writes
// the body to a file of its own and flushes it, `PUT /drop/…` forgets it, `GET /file` and `PUT /file` stream one file with
// reads and writes of 1 MiB. Prints its URL when ready; ends when its standard input does.
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const { folder, texts } = JSON.parse(process.argv[2]);
const answers = Object.fromEntries(
  await Promise.all(Object.entries(texts).map(async ([name, file]) => [name, await readFile(file, 'utf8')])),
);
const graph = {
  'Content-Type':
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
  'OData-Version': '4.0',
  'Cache-Control': 'no-store',
  'request-id': '11111111-1111-1111-1111-111111111111',
  'client-request-id': '11111111-1111-1111-1111-111111111111',
};
let kept = 0;

async function keep(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const file = await open(join(folder, `kept-${kept++}`), 'w');
  await file.writev(chunks);
  await file.datasync();
  await file.close();
}

async function receiveFile(request) {
  const file = await open(join(folder, `received-${kept++}`), 'w');
  let batch = [];
  let pending = 0;
  for await (const chunk of request) {
    batch.push(chunk);
    pending += chunk.length;
    if (pending < 1024 * 1024) continue;
    await file.writev(batch);
    batch = [];
    pending = 0;
  }
  if (pending > 0) await file.writev(batch);
  await file.datasync();
  await file.close();
}

async function sendFile(response) {
  const file = await open(join(folder, 'source.bin'), 'r');
  const { size } = await file.stat();
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size });
  for (let at = 0; at < size; ) {
    const buffer = Buffer.allocUnsafeSlow(Math.min(1024 * 1024, size - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    at += bytesRead;
    if (!response.write(buffer.subarray(0, bytesRead)))
      await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
  await file.close();
}

function answer(response, status, text) {
  response.writeHead(status, { ...graph, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

const server = createServer(async (request, response) => {
  const [, kind, name = ''] = request.url.split('/');
  if (kind === 'text') return answer(response, 200, answers[name]);
  if (kind === 'file' && request.method === 'GET') return sendFile(response);
  if (kind === 'file') await receiveFile(request);
  else if (kind === 'keep') await keep(request);
  else for await (const _ of request);
  answer(response, 201, answers.item);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().on('end', () => process.exit(0));
