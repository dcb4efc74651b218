/** The output of a command as stored in the files: parts that differ from run to run are redacted. */
import type { Result } from './machine.ts';

/** The parts that differ in every run. */
function blotted(text: string): string {
  return text
    .replaceAll(/[^\s",]*\/transcript-\w{6}/g, '/machine')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<guid>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replaceAll(/\b(until|again at) (\d{4}-\d\d-\d\d )?\d\d:\d\d(:\d\d)?/g, '$1 <time>')
    .replaceAll(/token=[^\s"&']+/g, 'token=<token>');
}

/** The output of a command and its exit status, in the format of the transcripts. */
export function told({ status, stdout, stderr }: Result): string {
  const lines = (text: string, mark: string) =>
    text === ''
      ? ''
      : `${blotted(text)
          .replaceAll('\0', '␀\n')
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => mark + line)
          .join('\n')}\n`;
  return `${lines(stdout, '')}${lines(stderr, '! ')}${status === 0 ? '' : `? ${status}\n`}`;
}
