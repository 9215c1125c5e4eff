import { useFormat } from "@/core/format";
import { useText } from "@/core/text";
import type { JobEvent } from "@/core/types";
import { Button } from "./Button";
import "./Page.css";

/** Long work says how much, how fast, how long, and can be stopped. */
export function ProgressPanel({ title, event, onCancel }: { title: string; event: JobEvent | null; onCancel: () => void }) {
  const t = useText();
  const format = useFormat();
  const amount = (value: number): string => (event?.unit === "bytes" ? format.bytes(value) : format.count(value));
  const ratio = event?.total ? Math.min(1, event.done / event.total) : null;
  const phase = event ? `phase-${event.phase}` : null;
  return (
    <div className="progress-panel" role="status" data-testid="progress">
      <div className="row">
        <b className="section-title">{title}</b>
        <span className="section-note grow">{phase ? (t.has(phase) ? t(phase) : event?.phase) : t("starting")}</span>
        <Button onClick={onCancel} data-testid="job-cancel" disabled={!event}>{t("cancel")}</Button>
      </div>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(ratio === null ? {} : { "aria-valuenow": Math.round(ratio * 100) })}
      >
        <div className={ratio === null ? "progress-fill unknown" : "progress-fill"} style={ratio === null ? undefined : { width: `${ratio * 100}%` }} />
      </div>
      <div className="progress-facts">
        <span>
          {event
            ? event.total
              ? t("progress-of", { done: amount(event.done), total: amount(event.total), unit: event.unit })
              : t("progress-done", { done: amount(event.done), unit: event.unit })
            : "\u00a0"}
        </span>
        {event?.ratePerSecond ? <span>{t("progress-rate", { rate: amount(event.ratePerSecond), unit: event.unit })}</span> : null}
        {event && event.left !== null ? <span>{t("progress-left", { time: format.timeLeft(event.left) })}</span> : null}
      </div>
    </div>
  );
}
