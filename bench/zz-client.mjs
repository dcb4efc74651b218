import { connect, fastLane, fromFile, toFile } from 'onedrive-kit/node';
const [url, token, from] = process.argv.slice(2);
const t0 = performance.now();
const inner = fastLane(url.startsWith('https:') ? { ca: process.env.CA } : {});
const log = [];
const wrap = async (req, ...rest) => {
  const a = performance.now();
  let sent;
  const e = { m: req.method, range: req.headers?.['content-range'] ?? '', a };
  log.push(e);
  if (req.body?.open) {
  }
  const res = await inner(req, ...rest);
  e.b = performance.now();
  return res;
};
const { drive } = connect({
  credential: token,
  baseUrl: `${url}/v1.0`,
  transport: Object.assign(wrap, inner),
});
let last = 0;
const prog = [];
await drive.upload(await fromFile(from), '', {
  name: 'big.bin',
  onProgress: (p) => {
    prog.push([performance.now(), p.loaded]);
  },
});
if (process.env.V) {
  for (const e of log) {
    const during = prog.filter(([t]) => t >= e.a && t <= e.b);
    const ls = during.at(-1);
    console.log(
      e.m,
      (e.a - t0).toFixed(0),
      'took',
      (e.b - e.a).toFixed(0),
      'last byte read at',
      ls ? (ls[0] - e.a).toFixed(0) : '',
      'bytes',
      ls && during[0] ? ((ls[1] - during[0][1]) / 1048576).toFixed(0) : '',
    );
  }
  console.log('end', (performance.now() - t0).toFixed(0));
}
