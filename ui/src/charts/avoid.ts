/** Names beside points, each where it covers no other name and as little as possible of the marks. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A name that wants to stand near `x`, `y`, at least `gap` away. */
export interface Wanted {
  x: number;
  y: number;
  gap: number;
  width: number;
  height: number;
}

/** Directions in order of preference, and distances in multiples of the name's height. */
const AROUND = [[1, 0], [-1, 0], [0.7, -0.7], [-0.7, -0.7], [0.7, 0.7], [-0.7, 0.7], [0, -1], [0, 1]] as const;
const RINGS = [0, 1, 2, 3.2];

export function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const tall = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide > 0 && tall > 0 ? wide * tall : 0;
}

/** From a box to the point of a name. */
function distance(box: Box, point: { x: number; y: number }): number {
  const dx = Math.max(box.x - point.x, point.x - box.x - box.width, 0);
  const dy = Math.max(box.y - point.y, point.y - box.y - box.height, 0);
  return Math.hypot(dx, dy);
}

export type Spot = Box & { leader: [number, number] | null };

/** A spot per name, in the order given; null where every spot would cover another name. */
export function place(wanted: Wanted[], busy: Box[], bounds: Box): (Spot | null)[] {
  const taken: Box[] = [];
  return wanted.map((one, index) => {
    let best: { cost: number; spot: Spot } | null = null;
    candidates(one, bounds).forEach((spot, rank) => {
      if (taken.some((other) => overlap(spot, other) > 0)) return;
      // A name nearer to another point than to its own would be read as that one's.
      const own = distance(spot, one);
      const mistaken = wanted.filter((point, other) => other !== index && distance(spot, point) < own + 2).length;
      const cost = busy.reduce((sum, mark) => sum + overlap(spot, mark), 0) * 4 + rank * 0.9 + mistaken * 60;
      if (!best || cost < best.cost) best = { cost, spot };
    });
    const found = best as { cost: number; spot: Spot } | null;
    if (found) taken.push(found.spot);
    return found?.spot ?? null;
  });
}

function candidates(one: Wanted, bounds: Box): Spot[] {
  return RINGS.flatMap((ring) =>
    AROUND.flatMap(([dx, dy]): Spot[] => {
      const away = one.gap + ring * one.height;
      const [cx, cy] = [one.x + dx * away, one.y + dy * away];
      const x = cx - (one.width * (1 - Math.sign(dx))) / 2;
      const y = cy - (one.height * (1 - Math.sign(dy))) / 2;
      const inside = x >= bounds.x && x + one.width <= bounds.x + bounds.width && y >= bounds.y && y + one.height <= bounds.y + bounds.height;
      return inside ? [{ x, y, width: one.width, height: one.height, leader: ring > 0 ? [cx, cy] : null }] : [];
    }),
  );
}

/** Small boxes along a line, to be kept free of names. */
export function along(points: [number, number][]): Box[] {
  return points.slice(1).flatMap(([x1, y1], index) => {
    const [x0, y0] = points[index] ?? [x1, y1];
    const count = Math.max(1, Math.min(500, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 6)));
    return Array.from({ length: count }, (_, step) => ({ x: x0 + ((x1 - x0) * step) / count - 2, y: y0 + ((y1 - y0) * step) / count - 2, width: 4, height: 4 }));
  });
}
