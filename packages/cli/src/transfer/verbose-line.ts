/** The line of `--verbose` for a finished file. Pure. */
import type { TransferEvent } from 'onedrive-kit/drive';
import { humanSize } from '../output/size.ts';

/** The line; undefined for events that are not the end of a file. @param verb `uploaded` or `downloaded`. */
export function verboseLine(event: TransferEvent, verb: string): string | undefined {
  switch (event.type) {
    case 'done':
      return `${verb}: ${event.path} (${humanSize(event.size)}, ${event.verdict})`;
    case 'skipped':
      return `skipped: ${event.path} (${event.reason === 'same' ? 'the target has the same content' : 'the target exists'})`;
    case 'folder':
      return `created: ${event.path === '' ? '.' : event.path}/`;
    default:
      return undefined;
  }
}
