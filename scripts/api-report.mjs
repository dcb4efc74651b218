// `npm run api`: writes the public names and signatures of every entry into api/*.api.md. `npm run api -- --check` fails when
// the build differs from the files: a change of the public API is always deliberate. Run `npm run build` first.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { Extractor, ExtractorConfig, ExtractorLogLevel } = createRequire(import.meta.url)(
  '@microsoft/api-extractor',
);
const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const silent = { default: { logLevel: ExtractorLogLevel.None } };

/** `auth/index` → `auth`; the main entry is ''. */
const entriesOf = (folder) =>
  Object.entries(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports)
    .filter(([, target]) => target.types?.startsWith('./dist/'))
    .map(([key, target]) => ({ name: key.slice(2), types: join(folder, target.types) }));

function report(packageName, entry) {
  const folder = join(root, 'packages', packageName);
  const reportFileName = `${[packageName, ...entry.name.split('/')].filter(Boolean).join('.')}.api.md`;
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'dom'],
    types: ['node'],
    skipLibCheck: true,
  };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entry.types,
      compiler: { overrideTsconfig: { compilerOptions, files: [entry.types] } },
      apiReport: {
        enabled: true,
        reportFileName,
        reportFolder: join(root, 'api'),
        reportTempFolder: join(root, '.tmp/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
    },
  });
  const messageCallback = (message) => {
    message.handled = message.logLevel !== ExtractorLogLevel.Error;
  };
  const { apiReportChanged } = Extractor.invoke(config, { localBuild: !check, messageCallback });
  return { reportFileName, apiReportChanged };
}

mkdirSync(join(root, 'api'), { recursive: true });
const reports = ['kit', 'server', 'sync'].flatMap((name) =>
  entriesOf(join(root, 'packages', name)).map((entry) => report(name, entry)),
);
const current = new Set(reports.map(({ reportFileName }) => reportFileName));
const stale = readdirSync(join(root, 'api')).filter((name) => name.endsWith('.api.md') && !current.has(name));
if (!check) for (const name of stale) rmSync(join(root, 'api', name));
const changed = [...reports.filter((r) => r.apiReportChanged).map((r) => r.reportFileName), ...stale];
if (check && changed.length > 0) {
  console.error(
    `api: the public API differs from api/{${changed.join(',')}}. Run \`npm run api\`, and describe the change in changelog/unreleased.`,
  );
  process.exitCode = 1;
} else {
  console.log(
    `api: ${reports.length} entries${check ? ' match' : ', changed: '}${check ? '' : changed.length}`,
  );
}
