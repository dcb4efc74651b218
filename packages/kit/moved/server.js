// The embedded OneDrive became a package of its own in 0.2.0.
throw new Error(
  "'onedrive-kit/server' has moved to the package @onedrive-kit/server: run `npm install --save-dev @onedrive-kit/server` and import from '@onedrive-kit/server'.",
);
