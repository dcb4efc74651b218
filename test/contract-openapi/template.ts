/**
 * From the path of a request to the path of the document that it is an instance of. Path addressing is not in the
 * document: `…/root:/a/b:/children` is judged as `…/items/{id}/children`. Written apart from the server's own reader
 * of addresses, so that one mistake is not made twice.
 */

/** A function from a percent-encoded path, without the version, to one of `templates`. */
export function templateOf(templates: readonly string[]): (path: string) => string | undefined {
  const patterns = templates
    .map((template) => ({ template, pattern: patternOf(template), wild: template.split('{').length }))
    .sort((left, right) => left.wild - right.wild);
  const known = new Map<string, string | undefined>();
  return (path) => {
    const plain = plainPath(path);
    if (!known.has(plain)) known.set(plain, patterns.find(({ pattern }) => pattern.test(plain))?.template);
    return known.get(plain);
  };
}

/** `{name}` is one segment, or one argument, but no function of the collection; empty parentheses may be left out. */
function patternOf(template: string): RegExp {
  const text = template
    .replaceAll(/[.*+?^$|[\]\\]/g, '\\$&')
    .replaceAll('()', '(\\(\\))?')
    .replaceAll(/\((\w+=[^)]*)\)/g, '\\($1\\)')
    .replaceAll(/\{[^}]*\}/g, '(?!(?:delta|\\$count)(?:[(/]|$))[^/]+');
  return new RegExp(`^${text}$`);
}

function plainPath(path: string): string {
  return path
    .replace(/^\/drive(?=\/|$)/, '/me/drive')
    .replace(/^\/me\/drives\//, '/drives/')
    .replaceAll(/\/(microsoft\.graph|oneDrive)\./g, '/')
    .replaceAll(/\b(items|drives|users|groups|sites|shares|special)\('([^']*)'\)/g, '$1/$2')
    .replace(/\/sites\/([^/:]+):\/[^:]*(?::|$)/, '/sites/$1')
    .replaceAll(/\/(root|items\/[^/:]+|special\/[^/:]+|driveItem):\/?[^:]*(?::|$)/g, '/items/x')
    .replace(/\/driveItem\/items\/x/, '/driveItem')
    .replace(/\/$/, '');
}
