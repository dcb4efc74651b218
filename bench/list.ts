/** Listing one folder of 10,000 files, beside curl fetching the very pages one after the other, and rclone. */
import { join } from 'node:path';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { pagesOf } from './pages.ts';
import type { Report } from './report.ts';

/** Runs it; `--size` is the number of files. */
export async function run(options: BenchOptions): Promise<Report> {
  const files = options.size ?? 10_000;
  const server = await startServer(options.root, { seed: { folders: 1, files, bytes: 10 } });
  try {
    const measured = await measure(await variants(server, options, files), options.rounds ?? 7);
    return {
      name: 'list',
      groups: [
        {
          title: `list a folder of ${files}`,
          reference: 'curl',
          measured,
          work: { amount: files, unit: 'items' },
        },
      ],
      notes: [
        'curl fetches the same pages, known in advance, over one connection, and parses nothing. rclone goes over TLS.',
      ],
    };
  } finally {
    await server.close();
  }
}

async function variants(server: EmbeddedServer, options: BenchOptions, files: number): Promise<Variant[]> {
  const pages = await pagesOf(server, '/me/drive/root:/folder%200:/children?$top=1000');
  const lines = (text: string) => text.trimEnd().split('\n').length;
  const expectLines = (text: string) => {
    if (lines(text) !== files) throw new Error(`${lines(text)} of ${files} items listed`);
  };
  const client = join(options.root, 'bench/client-process.mjs');
  return [
    {
      name: 'curl',
      command: () => ({
        program: 'curl',
        args: [
          '-sSf',
          '-o',
          '/dev/null',
          '-H',
          `Authorization: Bearer ${server.token}`,
          ...pages.flatMap((url) => [url, '-o', '/dev/null']).slice(0, -2),
        ],
      }),
    },
    {
      name: 'onedrive-kit',
      command: () => ({
        program: process.execPath,
        args: [client, server.url, server.token, 'list', 'folder 0'],
      }),
      verify: expectLines,
    },
    ...(options.has('rclone')
      ? [
          {
            name: 'rclone lsf',
            command: () => ({ program: 'rclone', args: ['lsf', 'od:folder 0'], env: server.rclone }),
            verify: expectLines,
          },
        ]
      : []),
  ];
}
