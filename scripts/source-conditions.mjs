// Import conditions for programs that are bundled from the sources of the workspace. `@onedrive-kit/source` is the first
// condition of every entry in packages/*/package.json; it leads to TypeScript files and exists in this repository only.
export const sourceConditions = ['@onedrive-kit/source', 'import', 'node', 'default'];

// For vitest, which hands them to Node as well: `import` among them would break packages that are required.
export const testConditions = ['@onedrive-kit/source', 'module', 'node'];
