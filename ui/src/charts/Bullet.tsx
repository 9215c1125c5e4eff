import type { BulletRow } from "@/core/types";
import { MEANING } from "./palette";
import "./Chart.css";

export interface BulletProps {
  row: BulletRow;
  height?: number;
}

const share = (value: number, max: number): number => Math.max(0, Math.min(100, (value / (max || 1)) * 100));

/** The bullet of a tile or of a list's cell: bar, target tick and ranges, as wide as its place. The same marks as in a chart of bullets. */
export function Bullet({ row, height = 12 }: BulletProps) {
  const thin = height * 0.42;
  const y = (height - thin) / 2;
  const at = (value: number): string => `${share(value, row.max)}%`;
  const said = [row.name, row.label, row.targetLabel].filter(Boolean).join(", ");
  return (
    <svg className="bullet" width="100%" height={height + 4} role="img" aria-label={said}>
      <title>{said}</title>
      <g transform="translate(0 2)">
        <rect width="100%" height={height} fill="var(--ink)" opacity={0.05} />
        {row.ranges.map((end) => <rect key={end} width={at(end)} height={height} fill="var(--ink)" opacity={0.07} />)}
        {row.projected === null ? null : <rect className="bullet-projected" y={y} width={at(row.projected)} height={thin} fill="var(--acc)" opacity={0.45} />}
        {row.value === null ? null : <rect className="bullet-value" y={y} width={at(row.value)} height={thin} fill={`var(${MEANING[row.colour] ?? `--${row.colour}`})`} />}
        {row.target === null ? null : <rect className="bullet-target" x={at(row.target)} y={-2} width={2} height={height + 4} transform="translate(-1 0)" fill="var(--ink)" />}
      </g>
    </svg>
  );
}
