/**
 * The supported part of the Keyword Query Language: words, "phrases", `filetype:`, `filename:`, `author:`, `isdocument:`,
 * NOT or a dash, AND, OR.
 * https://learn.microsoft.com/sharepoint/dev/general-development/keyword-query-language-kql-syntax-reference
 */
export interface Searchable {
  readonly name: string;
  readonly author: string;
  readonly folder: boolean;
}

/** Returns whether an item matches the query. */
export type KeywordQuery = (item: Searchable) => boolean;

/** Parses a query. `*` and an empty query match everything; text that cannot be parsed is searched as a word. */
export function readKeywordQuery(text: string): KeywordQuery {
  const terms = text.match(/-?[\w]+[:=]"[^"]*"|-?"[^"]*"|\S+/g) ?? [];
  const groups: KeywordQuery[][] = [[]];
  let negated = false;
  for (const term of terms) {
    if (term === 'AND') continue;
    if (term === 'OR') groups.push([]);
    else if (term === 'NOT') negated = true;
    else {
      groups.at(-1)?.push(termOf(term.replaceAll(/^\(+|\)+$/g, ''), negated));
      negated = false;
    }
  }
  return (item) => groups.some((group) => group.every((term) => term(item)));
}

function termOf(term: string, negated: boolean): KeywordQuery {
  const positive = term.replace(/^-/, '');
  const matches = positiveTerm(positive);
  const inverse = negated || positive !== term;
  return (item) => matches(item) !== inverse;
}

function positiveTerm(term: string): KeywordQuery {
  const [, property, value = ''] = /^(\w+)[:=](.*)$/.exec(term) ?? [];
  const text = (property === undefined ? term : value).replaceAll('"', '').toLowerCase();
  switch (property?.toLowerCase()) {
    case 'filetype':
    case 'fileextension':
      return ({ name, folder }) => !folder && name.toLowerCase().endsWith(`.${text}`);
    case 'author':
      return ({ author }) => author.toLowerCase().includes(text);
    case 'isdocument':
      return ({ folder }) => String(!folder) === (text === '1' ? 'true' : text);
    case undefined:
    case 'filename':
    case 'title':
      return holds(text);
    default:
      // Unsupported properties do not restrict the results: `path:`, `contentclass:`, `size>`.
      return () => true;
  }
}

/** Matches names that contain the text; a trailing star is optional. */
function holds(text: string): KeywordQuery {
  const prefix = text.replace(/\*$/, '');
  return ({ name }) => prefix === '' || name.toLowerCase().includes(prefix);
}
