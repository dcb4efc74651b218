/** IPv6 that is announced and leads nowhere: requests go on over IPv4, unless the configuration wants one version only. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type LookupFunction, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { fastLane } from '../../packages/kit/src/http/fast-lane/fast-lane.ts';
import { nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import type { NodeTransportOptions } from '../../packages/kit/src/http/node/options.ts';
import { discard } from '../../packages/kit/src/http/read.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { terminal } from './terminal.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const asked: unknown[] = [];
/** Both versions, the newer one first, as a name server tells them; one of them where only that is wanted. */
const both: LookupFunction = (_, options, tell) => {
  asked.push(options.family);
  const all = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ].filter(({ family }) => !options.family || family === options.family);
  if (options.all === true) tell(null, all);
  else tell(null, all[0]?.address ?? '', all[0]?.family);
};

async function onIpv4(port = 0): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((_, response) => response.end('over IPv4'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  closing.push(() => (server.closeAllConnections(), server.close()));
  return { server, port: (server.address() as AddressInfo).port };
}

/** A port of ::1 that takes no connection and refuses none: its process stands still, and its queue is full. */
async function silentOnIpv6(): Promise<number> {
  const program = `require('node:net').createServer().listen({ port: 0, host: '::1', backlog: 1 }, function () {
    process.stdout.write(this.address().port + '\\n', () => process.kill(process.pid, 'SIGSTOP'));
  })`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  closing.push(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  const waiting = Array.from({ length: 8 }, () => connect(port, '::1').on('error', () => undefined));
  closing.push(() => waiting.forEach((socket) => socket.destroy()));
  // Its queue takes two; the other six are asking in vain by then, because loopback answers within the call.
  await Promise.all([once(waiting[0] as Socket, 'connect'), once(waiting[1] as Socket, 'connect')]);
  return port;
}

const lanes = [
  ['the plain lane', nodeTransport],
  ['the fast lane', (options: NodeTransportOptions) => fastLane({ ...options, when: () => true })],
] as const;

describe.skipIf(!hasIpv6).each(lanes)('%s', (_, make) => {
  const statusAt = async (port: number, options: NodeTransportOptions = {}) => {
    const transport = make({ lookup: both, ...options });
    closing.push(() => transport.close());
    const response = await transport({
      method: 'GET',
      url: `http://graph.test:${String(port)}/`,
      headers: {},
    });
    await discard(response);
    return response.status;
  };

  it('goes on over IPv4 where nothing listens at the address of IPv6', async () => {
    const { port } = await onIpv4();
    expect(await statusAt(port)).toBe(200);
  });

  it.skipIf(process.platform !== 'linux')(
    'continues over IPv4 if the IPv6 address never responds',
    async () => {
      const port = await silentOnIpv6();
      await onIpv4(port);
      expect(await statusAt(port)).toBe(200);
    },
  );

  it('tries one version only where that is wanted', async () => {
    const { port } = await onIpv4();
    asked.length = 0;
    await expect(statusAt(port, { family: 6 })).rejects.toMatchObject({ code: 'network' });
    expect(await statusAt(port, { family: 4 })).toBe(200);
    expect(asked).toEqual([6, 4]);
  });
});

describe.skipIf(!hasIpv6)('network.ip', () => {
  it.each([
    ['6', false],
    ['4', true],
    ['auto', true],
  ])('%s', async (ip, reached) => {
    const drive = await createOneDrive();
    const server = await listen(drive.handler);
    const machine = await terminal();
    closing.push(server.close, drive.close, machine.remove);
    const graph = `"http://localhost:${String(server.port)}"`;
    await writeFile(
      machine.config,
      `client: {id: app}\nnetwork: {ip: ${ip}}\nendpoints: {graph: ${graph}}\n`,
    );
    const { status } = await machine.type(['quota'], {
      lookup: both,
      env: { ONEDRIVE_TOKEN: drive.token() },
    });
    expect(status === 0).toBe(reached);
  });
});
