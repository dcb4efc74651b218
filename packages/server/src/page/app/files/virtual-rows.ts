/** A list of which only the visible rows exist, so that its length does not matter. All rows have the same height. */

export interface VirtualRows {
  /** Draws the rows again, for a list of this length. */
  readonly draw: (count: number) => void;
  /** Scrolls so that a row is visible. */
  readonly reveal: (index: number) => void;
  /** How many rows fit. */
  readonly fitting: () => number;
}

/** Rows beyond the visible ones, so that slow painting is not seen. */
const spare = 8;

/**
 * @param scroller the element that scrolls; its first child is a sticky header.
 * @param space the element that holds the rows.
 */
export function virtualRows(
  scroller: HTMLElement,
  space: HTMLElement,
  build: (index: number) => HTMLElement,
  heightOf: () => number,
): VirtualRows {
  let count = 0;
  let rows = new Map<number, HTMLElement>();
  let height = heightOf();
  const room = () => scroller.clientHeight - space.offsetTop;
  const fitting = () => Math.max(1, Math.floor(room() / height));
  const placed = (index: number) => {
    const row = build(index);
    row.style.transform = `translateY(${index * height}px)`;
    space.append(row);
    return row;
  };
  const paint = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - spare);
    const last = Math.min(count, first + fitting() + 2 * spare + 1);
    const next = new Map<number, HTMLElement>();
    for (let index = first; index < last; index++) next.set(index, rows.get(index) ?? placed(index));
    for (const [index, row] of rows) if (!next.has(index)) row.remove();
    rows = next;
  };
  const draw = (length: number) => {
    count = length;
    height = heightOf();
    space.style.height = `${count * height}px`;
    for (const row of rows.values()) row.remove();
    rows = new Map();
    paint();
  };
  const reveal = (index: number) => {
    const top = index * height;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + height > scroller.scrollTop + room()) scroller.scrollTop = top + height - room();
    paint();
  };
  scroller.addEventListener('scroll', oncePerFrame(paint));
  new ResizeObserver(() => draw(count)).observe(scroller);
  return { draw, reveal, fitting };
}

function oncePerFrame(work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}
