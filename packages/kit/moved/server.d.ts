/** @deprecated Moved to the package `@onedrive-kit/server`. Importing this entry throws. */
export {};
