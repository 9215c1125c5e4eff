import { useText } from "@/core/text";
import type { PostmortemView } from "@/core/types";

/** The time line: UTC with the time on the wall beside it. */
export function Timeline({ view }: { view: PostmortemView }) {
  const t = useText();
  if (view.events.length === 0) return <p className="section-note">{t("timeline-nothing")}</p>;
  return (
    <table className="pm-timeline">
      <thead>
        <tr><th>UTC</th><th>{view.zone}</th><th>{t("timeline-what")}</th><th>{t("timeline-seen")}</th></tr>
      </thead>
      <tbody>
        {view.events.map((one) => (
          <tr key={one.id}>
            <td className="num">{one.day ? <span className="pm-day">{one.day}</span> : null}{one.utc}</td>
            <td className="num mut">{one.local}</td>
            <td>{one.event.who ? <b>{one.event.who}: </b> : null}{one.event.text}</td>
            <td className="mut">{one.event.evidence}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
