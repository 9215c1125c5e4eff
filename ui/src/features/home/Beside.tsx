import { RecordLink } from "@/components/RecordLink";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { HomeView } from "@/core/types";
import { useLooked } from "./looked";

/** Shown of what is coming; the calendar has the rest. */
const SHOWN = 6;

/** Beside the decisions: what is coming up, and what has happened since somebody last looked. */
export function Beside({ view }: { view: HomeView }) {
  return (
    <aside className="home-beside">
      <Coming view={view} />
      <Since view={view} />
    </aside>
  );
}

function Coming({ view }: { view: HomeView }) {
  const t = useText();
  const format = useFormat();
  return (
    <section aria-labelledby="coming">
      <div className="row">
        <h2 id="coming" className="section-title grow">{t("home-coming")}</h2>
        <RecordLink to={{ area: "calendar", id: null }}>{t("home-calendar")}</RecordLink>
      </div>
      {view.coming.length === 0 ? <p className="section-note">{t("home-coming-none")}</p> : null}
      <ul className="record-list">
        {view.coming.slice(0, SHOWN).map((thing) => (
          <li key={thing.key} data-testid="coming">
            <time className="mut home-day" dateTime={thing.day}>{format.dayShort(thing.day)}</time>
            <span className="truncate"><RecordLink to={thing.link} title={`${thing.title}: ${thing.detail}`}>{thing.title}</RecordLink></span>
            <span className="mut truncate home-detail" title={thing.detail}>{thing.detail}</span>
          </li>
        ))}
      </ul>
      {view.coming.length > SHOWN ? <p className="section-note"><RecordLink to={{ area: "calendar", id: null }}>{t("home-coming-more", { count: view.coming.slice(SHOWN).length })}</RecordLink></p> : null}
    </section>
  );
}

function Since({ view }: { view: HomeView }) {
  const t = useText();
  const format = useFormat();
  const status = useRpc("workspace_status", null);
  const from = useLooked(status.data?.path ?? "", view.now);
  const since = useRpc("since", { from }, { keep: false });
  if (!since.data) return null;
  return (
    <section aria-labelledby="since">
      <h2 id="since" className="section-title">{t("home-since", { when: format.instant(since.data.from) })}</h2>
      {since.data.lines.length === 0 ? <p className="section-note">{t("home-since-none")}</p> : null}
      <ul className="record-list">
        {since.data.lines.map((line) => (
          <li key={`${line.label}${line.text}`} data-testid="since">
            <span className="mut home-label">{line.label}</span>
            <span className={`grow truncate tone-${line.tone}`}><RecordLink to={line.link} title={line.text}>{line.text}</RecordLink></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
