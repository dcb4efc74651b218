// Writes THIRD-PARTY-LICENSES.txt beside a bundle, with the licence text of every package whose code is in it. Fails the build
// when a bundled package ships no licence text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package that a module belongs to; undefined for our own modules. */
function packageFolder(moduleId) {
  const path = moduleId.replace(/^\0/, '').split('?')[0];
  if (!path.includes('/node_modules/')) return undefined;
  for (let folder = dirname(path); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined)
      return folder;
  }
  return undefined;
}

/** Packages that ship no text, and the package of the same repository, with the same licence, that does. */
const textIn = {
  'socket.io-client': 'socket.io',
  'engine.io-client': 'engine.io',
  'socket.io-parser': 'socket.io',
  'engine.io-parser': 'engine.io',
  '@socket.io/component-emitter': 'socket.io',
  '@fluentui/web-components': '@fluentui/tokens',
  '@microsoft/fast-element': '@fluentui/tokens',
};

/** Licence texts of a package, one string; some keep the text in the readme only. */
function licenceText(folder) {
  const names = readdirSync(folder);
  const files = names.filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (files.length > 0)
    return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
  const readme = names.find((name) => /^readme/i.test(name));
  const section = readme && /^#+\s*licen[cs]e[\s\S]*/im.exec(readFileSync(join(folder, readme), 'utf8'))?.[0];
  return section?.trim();
}

function entry(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const sibling =
    textIn[name] && join(folder.slice(0, folder.lastIndexOf('/node_modules/')), 'node_modules', textIn[name]);
  const text = licenceText(folder) ?? (sibling && licenceText(sibling));
  if (text === undefined) throw new Error(`third-party-licenses: ${name} ships no licence text`);
  return `${name} ${version} (${typeof license === 'string' ? license : 'see below'})\n\n${text}\n`;
}

/** The folders of the packages whose code is in the chunks of a bundle. */
export function packageFolders(chunks) {
  const ids = chunks.flatMap((chunk) => chunk.moduleIds ?? []);
  return [...new Set(ids.map(packageFolder).filter((folder) => folder !== undefined))];
}

/** The text of the file for a program that contains code of the packages in `folders`. */
export function licencesText(program, folders) {
  const rule = `\n${'-'.repeat(80)}\n\n`;
  const entries = [...new Set(folders)].sort().map(entry);
  return `${program} contains code of these packages.\n${rule}${entries.join(rule)}`;
}

/** Rolldown plugin that writes the file. @param others folders of packages whose code is in the bundle as text */
export const thirdPartyLicenses = (program, others = []) => ({
  name: 'third-party-licenses',
  generateBundle(_, chunks) {
    const folders = [...packageFolders(Object.values(chunks)), ...others];
    this.emitFile({
      type: 'asset',
      fileName: 'THIRD-PARTY-LICENSES.txt',
      source: licencesText(program, folders),
    });
  },
});
