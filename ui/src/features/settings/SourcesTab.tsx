import { ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";

/** Where prices came from, and under which licence. */
export function SourcesTab() {
  const t = useText();
  const format = useFormat();
  const sources = useRpc("price_sources", null);
  if (!sources.data) return sources.error ? <ErrorState inline error={sources.error} /> : <LoadingState />;
  return (
    <div className="stack sources">
      <p className="section-note">{t("sources-note")}</p>
      <ul>
        {sources.data.map((source) => (
          <li key={source.name}>
            <div className="row">
              <b className="grow">{source.name}</b>
              <span className="mut">{t("rows-count", { rows: format.count(source.rows) })}</span>
              <span className="mut">{format.day(source.date)}</span>
              {source.licence ? <span className="tag">{source.licence}</span> : null}
            </div>
            {source.notice ? <p className="section-note">{source.notice}</p> : null}
          </li>
        ))}
      </ul>
      <h2 className="section-title">{t("sources-software")}</h2>
      <p className="section-note">{t("sources-software-text")}</p>
    </div>
  );
}
