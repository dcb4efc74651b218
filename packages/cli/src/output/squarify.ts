/**
 * Lays out rectangles with areas in proportion to weights, and with sides of similar length (a squarified treemap).
 * Source: Bruls, Huizing, van Wijk, "Squarified Treemaps", 2000. Pure.
 */

/** A rectangle, in any unit. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One rectangle for each weight, in order. @param weights above 0, largest first. */
export function squarify(weights: readonly number[], area: Rectangle): readonly Rectangle[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = total === 0 ? 0 : (area.width * area.height) / total;
  const placed: Rectangle[] = [];
  let rest = area;
  for (let at = 0; at < weights.length; ) {
    const row = nextRow(weights, at, scale, Math.min(rest.width, rest.height));
    const size = row.reduce((sum, weight) => sum + weight, 0) * scale;
    rest = layRow(row, size, scale, rest, placed);
    at += row.length;
  }
  return placed;
}

/** Adds rectangles to a row along the shorter side, until the worst aspect ratio would increase. */
function nextRow(weights: readonly number[], start: number, scale: number, side: number): number[] {
  const row: number[] = [];
  let sum = 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let at = start; at < weights.length; at++) {
    const weight = weights[at] ?? 0;
    const first = row[0] ?? weight;
    const next = worstRatio(first * scale, weight * scale, (sum + weight) * scale, side);
    if (next > worst) break;
    row.push(weight);
    sum += weight;
    worst = next;
  }
  return row;
}

function worstRatio(largest: number, smallest: number, sum: number, side: number): number {
  const square = side * side;
  return Math.max((square * largest) / (sum * sum), (sum * sum) / (square * smallest));
}

function layRow(
  row: readonly number[],
  size: number,
  scale: number,
  rest: Rectangle,
  placed: Rectangle[],
): Rectangle {
  const { x, y, width, height } = rest;
  const across = width >= height;
  const thickness = size / (across ? height : width);
  let at = across ? y : x;
  for (const weight of row) {
    const length = (weight * scale) / thickness;
    placed.push(
      across
        ? { x, y: at, width: thickness, height: length }
        : { x: at, y, width: length, height: thickness },
    );
    at += length;
  }
  return across
    ? { x: x + thickness, y, width: Math.max(0, width - thickness), height }
    : { x, y: y + thickness, width, height: Math.max(0, height - thickness) };
}
