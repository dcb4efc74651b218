// The load of the server benchmark, in a process of its own: requests over raw sockets, each connection sending its next one
// when the answer to the last is whole. Argument: JSON `{url, token, connections, count, method, path, bytes?, batch?}`, where
// `{n}` in the path is the number of the request, `bytes` the size of its body and `batch` how many uploads one $batch
// holds. Prints `{ms}`, the time from the first request to the last answer. Fails when an answer is not a success.
import { connect } from 'node:net';

const options = JSON.parse(process.argv[2]);
const { url, token, connections, count, method, path, bytes = 0, batch } = options;
const { hostname, port } = new URL(url);
const content = Buffer.alloc(bytes, 65);
const encoded = content.toString('base64');
let started;
let asked = 0;
let answered = 0;

function nextRequest() {
  const number = asked++;
  const body = batch === undefined ? content : batchBody(number);
  const type = batch === undefined ? 'application/octet-stream' : 'application/json';
  const about = body.length > 0 ? `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n` : '';
  const target = batch === undefined ? path.replace('{n}', `${process.pid}-${number}`) : '/v1.0/$batch';
  const head = `${batch === undefined ? method : 'POST'} ${target} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n${about}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function batchBody(number) {
  const requests = Array.from({ length: batch }, (_, at) => ({
    id: String(at),
    method,
    url: path.replace('/v1.0', '').replace('{n}', `${process.pid}-${number}-${at}`),
    headers: { 'content-type': 'application/octet-stream' },
    body: encoded,
  }));
  return Buffer.from(JSON.stringify({ requests }));
}

function open() {
  const socket = connect(Number(port), hostname).setNoDelay(true);
  let received = Buffer.alloc(0);
  let wanted = -1;
  socket.on('connect', () => {
    started ??= performance.now();
    socket.write(nextRequest());
  });
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    if (wanted < 0) {
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = received.toString('latin1', 0, end);
      if (!/^HTTP\/1\.1 2/.test(head)) throw new Error(received.toString('utf8', 0, 500));
      wanted = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    }
    if (received.length < wanted) return;
    if (batch !== undefined && /"status":[45]/.test(received.toString('latin1')))
      throw new Error(received.toString('utf8', 0, 500));
    received = received.subarray(wanted);
    wanted = -1;
    answered++;
    if (answered === count) console.log(JSON.stringify({ ms: performance.now() - started }));
    if (asked < count) socket.write(nextRequest());
    else socket.end();
  });
}

for (let at = 0; at < connections; at++) open();
process.on('exit', (code) => {
  // Each connection may have had one more under way.
  if (code === 0 && answered < count) throw new Error(`${answered} of ${count} requests were answered`);
});
