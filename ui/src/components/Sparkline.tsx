import "./Page.css";

/** A position on the screen; finer than a tenth of a pixel nobody sees. */
const tenths = (position: number): number => Math.round(position * 10) / 10;

/** The shape of a series; gaps stay gaps. Geometry only: the figures stand in the columns beside it. */
export function Sparkline({ values, label, width = 80, height = 20 }: { values: (number | null)[]; label: string; width?: number; height?: number }) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return <span className="faint">—</span>;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = width / Math.max(1, values.length - 1);
  let pen = false;
  let path = "";
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }
    const y = height - 2 - ((value - low) / span) * (height - 4);
    path += `${pen ? "L" : "M"}${tenths(index * step)} ${tenths(y)}`;
    pen = true;
  });
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
