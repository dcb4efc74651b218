/**
 * Whether the pages of a list get anywhere. The service promises neither that a list ends nor that a page differs from
 * an earlier one, so a list that brings nothing new for many pages, or whose links lead in a circle, is given up.
 */
import { OneDriveError } from '../errors/index.ts';

/** Pages in a row that may bring nothing new. Delta and search return empty pages where items were filtered out. */
const maxFruitlessPages = 50;

/** What was seen of a list so far. */
export interface ListProgress<T> {
  /**
   * The elements of a page that no earlier page had, by their `id`.
   * @throws OneDriveError `protocol` after too many pages without a new element.
   */
  fresh(elements: readonly T[]): readonly T[];
  /** Notes the address of a page. @throws OneDriveError `protocol` for one that was requested before. */
  visit(url: string): void;
}

/** @param what finishes "Could not …". */
export function listProgress<T>(what: string): ListProgress<T> {
  const urls = new Set<string>();
  const seen = new Set<string>();
  let fruitless = 0;
  return {
    fresh(elements) {
      const before = seen.size;
      const unseen = elements.filter((one) => {
        const size = seen.size;
        return seen.add(keyOf(one)).size > size;
      });
      fruitless = seen.size > before ? 0 : fruitless + 1;
      if (fruitless >= maxFruitlessPages)
        throw endless(what, `its last ${maxFruitlessPages} pages hold nothing new`);
      return unseen;
    },
    visit(url) {
      if (urls.has(url)) throw endless(what, 'its pages lead in a circle');
      urls.add(url);
    },
  };
}

/** Elements without an id are the same if they hold the same. */
function keyOf(element: unknown): string {
  const { id } = element as { readonly id?: unknown };
  return typeof id === 'string' ? id : JSON.stringify(element);
}

function endless(what: string, why: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: the list does not end, ${why}.`, {
    hint: 'Try again later; the service has a problem with this list.',
  });
}
