// Changelog fragments: reads and checks changelog/unreleased/*.TYPE.md and renders them as one section of CHANGELOG.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../changelog/unreleased/', import.meta.url));

/** Fragment type → heading, in the order of the changelog. */
const headings = {
  breaking: 'Breaking changes',
  security: 'Security',
  added: 'Added',
  changed: 'Changed',
  fixed: 'Fixed',
  performance: 'Performance',
};

/** Fragments as `{ file, type, text }`, by name. Throws an error that lists every malformed fragment. */
export function readFragments() {
  const problems = [];
  const fragments = readdirSync(folder)
    .filter((name) => name !== '.gitkeep')
    .sort()
    .map((file) => {
      const type = /^[a-z0-9-]+\.([a-z]+)\.md$/.exec(file)?.[1];
      const text = readFileSync(join(folder, file), 'utf8').trim();
      if (!(type in headings))
        problems.push(`${file}: name it SLUG.TYPE.md, TYPE being one of ${Object.keys(headings).join(', ')}`);
      if (text === '' || text.startsWith('#'))
        problems.push(`${file}: one to five lines of text without a heading`);
      return { file, type, text };
    });
  if (problems.length > 0) throw new Error(`changelog/unreleased:\n${problems.join('\n')}`);
  return fragments;
}

/** One section of the changelog: `## VERSION (DATE)` with the fragments by type. */
export function renderSection(version, date, fragments) {
  const parts = Object.entries(headings).flatMap(([type, heading]) => {
    const items = fragments.filter((fragment) => fragment.type === type);
    if (items.length === 0) return [];
    return [
      `### ${heading}\n\n${items.map(({ text }) => `- ${text.replaceAll('\n', '\n  ')}`).join('\n')}\n`,
    ];
  });
  return `## ${version} (${date})\n\n${parts.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`changelog: ${readFragments().length} fragments`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
