/**
 * Detects lists that make no progress. The service promises neither that a list ends nor that a page differs
 * from an earlier one, so a list is abandoned after many pages without a new element, or if its links form a
 * cycle.
 */
import { OneDriveError } from '../errors/index.ts';

/**
 * Maximum number of pages in a row without a new element. Delta and search return empty pages if items were
 * filtered out.
 */
const maxFruitlessPages = 50;

/** The pages and elements of a list so far. */
export interface ListProgress<T> {
  /**
   * Returns the elements of a page that no earlier page had, by their `id`.
   * @throws OneDriveError `protocol` after too many pages without a new element.
   */
  fresh(elements: readonly T[]): readonly T[];
  /** Records the address of a page. @throws OneDriveError `protocol` for one that was requested before. */
  visit(url: string): void;
}

/** @param what completes "Could not …". */
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
        throw endless(what, `its last ${maxFruitlessPages} pages had no new elements`);
      return unseen;
    },
    visit(url) {
      if (urls.has(url)) throw endless(what, 'its pages link to each other in a cycle');
      urls.add(url);
    },
  };
}

/** Elements without an id are equal if their content is. */
function keyOf(element: unknown): string {
  const { id } = element as { readonly id?: unknown };
  return typeof id === 'string' ? id : JSON.stringify(element);
}

function endless(what: string, why: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: the list does not end, ${why}.`, {
    hint: 'Try again later; the service has a problem with this list.',
  });
}
