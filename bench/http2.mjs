// Would HTTP/2 help? One TLS server on loopback that speaks both, the same answers over both, each variant in a process
// of its own and in turn within each round: CPU seconds of the client, time, connections. Prints JSON.
//   node bench/http2.mjs [rounds]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectHttp2, createSecureServer } from 'node:http2';
import { Agent, request } from 'node:https';
import { fileURLToPath } from 'node:url';
import forge from 'node-forge';

const self = fileURLToPath(import.meta.url);
const loads = [
  { name: 'one item after the other (2 KiB)', size: 2 << 10, count: 600, parallel: 1 },
  { name: 'items, 8 at once (2 KiB)', size: 2 << 10, count: 1500, parallel: 8 },
  { name: 'items, 32 at once (2 KiB)', size: 2 << 10, count: 1500, parallel: 32 },
  { name: 'pages of a listing, 4 at once (64 KiB)', size: 64 << 10, count: 500, parallel: 4 },
  { name: 'contents, 4 at once (16 MiB)', size: 16 << 20, count: 12, parallel: 4 },
];

function certificate() {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const made = forge.pki.createCertificate();
  made.publicKey = keys.publicKey;
  made.serialNumber = '01';
  made.validity.notAfter = new Date(Date.now() + 86_400_000);
  made.setSubject([{ name: 'commonName', value: 'localhost' }]);
  made.setIssuer([{ name: 'commonName', value: 'localhost' }]);
  made.sign(keys.privateKey, forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(made), key: forge.pki.privateKeyToPem(keys.privateKey) };
}

async function serve() {
  const content = Buffer.alloc(16 << 20, 'x');
  const server = createSecureServer(
    { ...certificate(), allowHTTP1: true, maxSessionMemory: 1000 },
    (incoming, response) => {
      const size = Number(incoming.url.slice(1));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': size });
      response.end(content.subarray(0, size));
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(`${server.address().port}\n`);
}

function overHttp1(port, parallel) {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: parallel,
    rejectUnauthorized: false,
    scheduling: 'lifo',
  });
  const sockets = new Set();
  return {
    get: (path, headers) =>
      new Promise((resolve, reject) => {
        const asking = request({ agent, host: '127.0.0.1', port, path, headers });
        asking.on('socket', (socket) => sockets.add(socket));
        asking.on('error', reject);
        asking.on('response', (answer) => drain(answer, resolve, reject));
        asking.end();
      }),
    connections: () => sockets.size,
    close: () => agent.destroy(),
  };
}

function overHttp2(port) {
  const session = connectHttp2(`https://127.0.0.1:${port}`, {
    rejectUnauthorized: false,
    maxSessionMemory: 1000,
    // What browsers and curl do: Node's own windows of 64 KiB would hold contents up.
    settings: { initialWindowSize: 8 << 20 },
  });
  session.once('connect', () => session.setLocalWindowSize(32 << 20));
  return {
    get: (path, headers) =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ':path': path, ...headers });
        stream.on('error', reject);
        drain(stream, resolve, reject);
        stream.end();
      }),
    connections: () => 1,
    close: () => session.close(),
  };
}

function drain(stream, resolve, reject) {
  let bytes = 0;
  stream.on('data', (chunk) => (bytes += chunk.length));
  stream.on('end', () => resolve(bytes));
  stream.on('error', reject);
}

async function client(protocol, port, load) {
  const { size, count, parallel } = loads[load];
  const started = performance.now();
  const way = protocol === 'h2' ? overHttp2(port) : overHttp1(port, parallel);
  const headers = {
    authorization: `Bearer ${'t'.repeat(1500)}`,
    'user-agent': 'bench',
    accept: 'application/json',
  };
  let left = count;
  const worker = async () => {
    while (left-- > 0) if ((await way.get(`/${size}`, headers)) !== size) throw new Error('short answer');
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const { user, system } = process.cpuUsage();
  const ms = performance.now() - started;
  const connections = way.connections();
  way.close();
  process.stdout.write(JSON.stringify({ cpu: (user + system) / 1e6, ms, connections }));
}

async function run(...words) {
  const child = spawn(process.execPath, [self, ...words.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`client ended with ${status}`);
  return JSON.parse(text);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(rounds) {
  const server = spawn(process.execPath, [self, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(server.stdout, 'data');
  const port = Number(line.toString());
  const report = [];
  for (const [at, { name, count }] of loads.entries()) {
    const samples = { 'http/1.1': [], h2: [] };
    for (let round = 0; round < rounds; round++)
      for (const protocol of Object.keys(samples))
        samples[protocol].push(await run('client', protocol, port, at));
    const of = (protocol) => ({
      cpuSeconds: Number(median(samples[protocol].map(({ cpu }) => cpu)).toFixed(3)),
      ms: Math.round(median(samples[protocol].map(({ ms }) => ms))),
      connections: median(samples[protocol].map(({ connections }) => connections)),
    });
    const [one, two] = [of('http/1.1'), of('h2')];
    report.push({
      load: name,
      requests: count,
      'http/1.1': one,
      h2: two,
      cpuRatio: Number((two.cpuSeconds / one.cpuSeconds).toFixed(2)),
    });
  }
  server.kill();
  console.log(JSON.stringify({ node: process.version, rounds, report }, null, 1));
}

const [role = '5', ...rest] = process.argv.slice(2);
if (role === 'serve') await serve();
else if (role === 'client') await client(rest[0], Number(rest[1]), Number(rest[2]));
else await measure(Number(role));
