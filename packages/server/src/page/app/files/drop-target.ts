/** Files dropped anywhere on the page are uploaded into the open folder. */
import { attempt } from '../kit/button.ts';
import type { Browser } from './browser.ts';
import { droppedFiles } from './dropped.ts';
import type { Incoming } from './uploads.ts';

export function dropTarget(
  target: HTMLElement,
  browser: Browser,
  upload: (files: readonly Incoming[]) => Promise<void>,
): void {
  const takes = (event: DragEvent) =>
    browser.state.folder !== undefined && event.dataTransfer?.types.includes('Files') === true;
  let depth = 0;
  const mark = (change: number) => {
    depth = Math.max(0, depth + change);
    target.classList.toggle('dropping', depth > 0);
  };
  target.addEventListener('dragenter', (event) => takes(event) && mark(1));
  target.addEventListener('dragleave', (event) => takes(event) && mark(-1));
  target.addEventListener('dragover', (event) => {
    if (takes(event)) event.preventDefault();
  });
  target.addEventListener('drop', (event) => {
    if (!takes(event) || event.dataTransfer === null) return;
    event.preventDefault();
    mark(-depth);
    const files = droppedFiles(event.dataTransfer);
    void attempt(async () => upload(await files));
  });
}
