/** Import conditions that lead to the TypeScript sources of the workspace packages. */
export const sourceConditions: string[];
/** The same for vitest. */
export const testConditions: string[];
