// `npm run lint -- words`: keeps phrases out of comments, strings and Markdown that readers stumble over. The list is short on
// purpose; a reader finds more than a list does. docs/glossary.md has the terms to use. `--all` also checks the folders that are
// not rewritten yet.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Phrase → what to write in its place. */
const phrases = [
  [/\bunless told\b/i, 'write "Default: …"'],
  [/\b(nobody|whoever|somebody)\b/i, 'name the caller, the process or the user'],
  [/\b(is|are|was|were) told\b/i, 'reported, returned, printed or emitted'],
  [/\btells? (of|how|what|that|whether|when|where|which|who)\b/i, 'reports, returns, describes'],
  [/\bsays? (so|what|nothing|how|where)\b/i, 'states, reports, returns'],
  [/\banew\b/i, 'again'],
  [/\bfor good\b/i, 'permanently'],
  [/\ba content\b(?! (host|range|type|hash|server))/i, 'content, without an article'],
  [/\bgo(es)? on with\b/i, 'continues, resumes'],
  [
    /(?<!\bthere )\bis no (?!longer\b|more\b|such\b|need\b|way\b|reason\b|other\b)[a-z]+/i,
    '"is not a …" or "invalid …"',
  ],
  [/\bwhat counts\b|\bthat counts\b/i, 'is in effect, is used'],
  [/\bblot(s|ted)?\b/i, 'redact'],
  [/\bby itself\b.*\bby itself\b/i, 'say it once'],
];

/** Not rewritten yet; remove an entry when its folder is clean. */
const pending = /^(packages\/server\/|test\/(server|oauth|live|listen|contract)\/)/;

const files = execFileSync('git', ['ls-files', '-z', '*.ts', '*.mts', '*.mjs', '*.md'], { encoding: 'utf8' })
  .split('\0')
  .filter(
    (file) =>
      file !== '' &&
      (process.argv.includes('--all') || !pending.test(file)) &&
      !/^(docs\/reference\/|docs\/glossary\.md|scripts\/words\.mjs|api\/|CHANGELOG\.md)/.test(file),
  );

/** Comments and strings of a source file, as `[offset, text]`. */
function* prose(file, text) {
  if (file.endsWith('.md')) {
    yield [0, text.replace(/```[\s\S]*?```|`[^`\n]+`/g, (code) => code.replace(/[^\n]/g, ' '))];
    return;
  }
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const kinds = new Set([
    ts.SyntaxKind.SingleLineCommentTrivia,
    ts.SyntaxKind.MultiLineCommentTrivia,
    ts.SyntaxKind.StringLiteral,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    ts.SyntaxKind.TemplateHead,
  ]);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kinds.has(kind)) yield [scanner.getTokenStart(), scanner.getTokenText()];
}

let count = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const [offset, part] of prose(file, text)) {
    for (const [pattern, advice] of phrases) {
      const match = pattern.exec(part.replace(/\n\s*\*?\s*/g, (gap) => ' '.padEnd(gap.length)));
      if (match === null) continue;
      const line = text.slice(0, offset + match.index).split('\n').length;
      console.error(`${file}:${line}: "${match[0]}": ${advice}`);
      count++;
    }
  }
}
if (count > 0) {
  console.error(`words: ${count} phrases to rewrite (docs/glossary.md)`);
  process.exitCode = 1;
}
