/** Prints what a benchmark found: a table for people, JSON for programs. */
import type { Environment } from './environment.ts';
import type { Measured } from './measure.ts';

/** Measurements that belong together and are read as ratios of one of them. */
export interface Group {
  readonly title: string;
  /** The name of the variant that is 1. */
  readonly reference: string;
  readonly measured: readonly Measured[];
  /** What one run moves, for a rate column: `{ amount: 1024, unit: 'MiB' }`. */
  readonly work?: { readonly amount: number; readonly unit: string } | undefined;
}

/** What a benchmark returns. */
export interface Report {
  readonly name: string;
  readonly groups: readonly Group[];
  /** What a reader must know to read the figures right. */
  readonly notes?: readonly string[];
}

/** The report as text. */
export function formatTable(report: Report, environment: Environment): string {
  const lines = [`${report.name}: ${describe(environment)}`];
  for (const group of report.groups)
    lines.push('', `${group.title} (ratio of the time of ${group.reference})`, ...rows(group));
  for (const note of report.notes ?? []) lines.push('', note);
  return lines.join('\n');
}

function describe(environment: Environment): string {
  const { date, node, system, processor, cores, memoryGiB, curl, rclone } = environment;
  const programs = [curl?.split(' ', 2).join(' '), rclone].filter((version) => version !== undefined);
  return [date, `node ${node}`, ...programs, system, `${cores} × ${processor}`, `${memoryGiB} GiB`].join(
    ', ',
  );
}

/** The report as a value for JSON. */
export function toJson(report: Report, environment: Environment): unknown {
  const groups = report.groups.map((group) => ({
    ...group,
    measured: group.measured.map((one) => ({ ...one, ratio: ratio(group, one), rate: rate(group, one) })),
  }));
  return { name: report.name, environment, groups, notes: report.notes ?? [] };
}

function rows(group: Group): string[] {
  const header = [
    'variant',
    'median ms',
    'min ms',
    'ratio',
    group.work ? `${group.work.unit}/s` : '',
    'CPU s',
    'peak MiB',
    'runs',
  ];
  const cells = group.measured.map((one) => [
    one.name,
    one.medianMs.toFixed(1),
    one.minMs.toFixed(1),
    ratio(group, one)?.toFixed(2) ?? '',
    rate(group, one)?.toFixed(0) ?? '',
    one.cpuSeconds?.toFixed(2) ?? '',
    one.peakMiB?.toString() ?? '',
    one.runs.toString(),
  ]);
  const table = [header, ...cells];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function ratio(group: Group, one: Measured): number | undefined {
  const reference = group.measured.find((other) => other.name === group.reference);
  return reference && one.medianMs / reference.medianMs;
}

function rate(group: Group, one: Measured): number | undefined {
  return group.work && group.work.amount / (one.medianMs / 1000);
}
