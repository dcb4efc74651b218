/** What the judges found while a test ran. `test/setup.ts` fails the test that left something here. */

const found: string[] = [];

/** Keeps what is wrong with a request or an answer; nothing is wrong with an empty list. */
export function report(what: string, problems: readonly string[]): void {
  if (problems.length > 0) found.push(`${what} breaks the contract:\n${problems.slice(0, 8).join('\n')}`);
}

/** What was found since the last time. */
export function takeFindings(): readonly string[] {
  return found.splice(0);
}
