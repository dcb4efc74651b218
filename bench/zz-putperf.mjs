import { spawn, execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  openSync,
  writeSync,
  ftruncateSync,
  closeSync,
  rmSync,
  existsSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
const dir = '/tmp/exp';
const src = dir + '/src.bin';
const size = 1024 * 1048576;
writeFileSync(dir + '/item.json', '{}');
function ready() {
  execFileSync('sync');
  const s = openSync(dir + '/scratch', 'w');
  const p = new Uint8Array(65536);
  for (let i = 0; i < 1536 * 16; i++) writeSync(s, p);
  ftruncateSync(s, 0);
  closeSync(s);
}
const start = async (args, env) => {
  const c = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { value } = await createInterface({ input: c.stdout })[Symbol.asyncIterator]().next();
  return {
    value,
    close: () =>
      new Promise((r) => {
        c.on('close', r);
        c.stdin.end();
      }),
    pid: c.pid,
  };
};
const cpu = (pid) => {
  const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return [f[11] / 100, f[12] / 100];
};
const variants = JSON.parse(process.argv[2]);
const out = {};
for (let r = 0; r < Number(process.argv[3] ?? 5); r++)
  for (const [name, env] of Object.entries(variants)) {
    rmSync(dir + '/drive', { recursive: true, force: true });
    let s, url;
    if (name === 'bare') {
      s = await start([
        'bench/bare-process.mjs',
        JSON.stringify({ folder: dir, texts: { item: dir + '/item.json' } }),
      ]);
      url = s.value + '/file';
    } else {
      s = await start(
        ['--perf-basic-prof', 'bench/server-process.mjs', JSON.stringify({ data: dir + '/drive' })],
        env,
      );
      const v = JSON.parse(s.value);
      const a = execFileSync(
        'curl',
        [
          '-sSfk',
          '-X',
          'POST',
          '-H',
          `Authorization: Bearer ${v.token}`,
          '-H',
          'Content-Type: application/json',
          '-d',
          '{}',
          `${v.url}/v1.0/me/drive/root:/big.bin:/createUploadSession`,
        ],
        { encoding: 'utf8' },
      );
      url = JSON.parse(a).uploadUrl;
    }
    ready();
    const pf = spawn(
      'perf',
      ['record', '-q', '-F', '1999', '-g', '-o', `/tmp/exp/s.${name}.${r}.data`, '-p', String(s.pid)],
      { stdio: 'ignore' },
    );
    await new Promise((r) => setTimeout(r, 300));
    const c0 = cpu(s.pid);
    const t = performance.now();
    const c = spawn(
      'curl',
      [
        '-sSf',
        '-o',
        '/dev/null',
        '-T',
        src,
        '-H',
        `Content-Range: bytes 0-${size - 1}/${size}`,
        '-H',
        'Expect:',
        url,
      ],
      { stdio: 'inherit' },
    );
    await new Promise((r) => c.on('close', r));
    const e = performance.now() - t;
    const c1 = cpu(s.pid);
    pf.kill('SIGINT');
    await new Promise((r) => pf.on('close', r));
    (out[name] ??= []).push([e | 0, (c1[0] - c0[0]).toFixed(2), (c1[1] - c0[1]).toFixed(2)]);
    await s.close();
    rmSync(dir + '/received-0', { force: true });
  }
for (const [k, v] of Object.entries(out)) {
  const s = v.map((x) => x[0]).sort((a, b) => a - b);
  console.log(
    k.padEnd(22),
    'median',
    s[s.length >> 1],
    'min',
    s[0],
    ' ',
    v.map((x) => x.join('/')).join('  '),
  );
}
