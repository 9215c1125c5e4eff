import { useText } from "@/core/text";
import type { ExplainKey, Tile } from "@/core/types";
import { Tooltip } from "./Tooltip";
import "./Page.css";

interface TileStripProps {
  tiles: Tile[];
  onExplain: (key: ExplainKey) => void;
  testid: string;
}

/** Key figures in one row. Each opens its explanation. */
export function TileStrip({ tiles, onExplain, testid }: TileStripProps) {
  const t = useText();
  return (
    <div className={tiles.length > 4 ? "tiles tiles-many" : "tiles"} role="group" aria-label={t("key-figures")}>
      {tiles.map((tile) => {
        return (
          <Tooltip key={tile.key} text={<Exact tile={tile} />}>
            <button type="button" className="tile" data-testid={`${testid}-${tile.key}`} onClick={() => onExplain(tile.explain)}>
              <span className="tile-label">{t(`tile-${tile.key}`)}</span>
              <span className="tile-value">
                <span>{tile.text}</span>
                {tile.covered === null ? null : <span className="coverage">{t("coverage-of", { share: tile.covered })}</span>}
              </span>
              <span className="tile-change">
                {tile.change ? (
                  <>
                    <span className={`tone-${tile.change.tone}`}>{tile.change.text}</span>
                    <span className="faint">{t("versus", { period: tile.change.against })}</span>
                  </>
                ) : (
                  <span className="faint">{tile.value.kind === "unknown" ? t(`unknown-${tile.value.reason}`) : t("no-previous-period")}</span>
                )}
              </span>
            </button>
          </Tooltip>
        );
      })}
    </div>
  );
}

/** Every digit, and what the figure means. */
function Exact({ tile }: { tile: Tile }) {
  const t = useText();
  const term = `term-${tile.key}`;
  return (
    <>
      <b className="num">{tile.value.kind === "unknown" ? t(`unknown-${tile.value.reason}`) : tile.exact}</b>
      {t.has(term) ? <div>{t(term)}</div> : null}
      {tile.covered === null ? null : <div>{t(t.has(`coverage-${tile.key}`) ? `coverage-${tile.key}` : "coverage-any", { share: tile.covered })}</div>}
    </>
  );
}
