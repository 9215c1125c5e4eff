import { useNavigate } from "@tanstack/react-router";
import { CalendarDays, CalendarPlus, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Due } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { PageHeader } from "@/components/PageHeader";
import { PathField } from "@/components/PathField";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { chooseTarget } from "@/core/dialogs";
import { fieldSentence } from "@/core/errors";
import { useGo } from "@/core/go";
import { usePlaceOf } from "@/core/places";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { CalendarView, DatedThing } from "@/core/types";
import "./calendar.css";

/** Shown of a day before the rest is counted. */
const SHOWN = 3;

export function CalendarPage({ search }: { search: { month?: string; view?: string } }) {
  const t = useText();
  const navigate = useNavigate();
  const calendar = useRpc("calendar", { month: search.month ?? null });
  const go = (next: { month?: string; view?: string }): void => void navigate({ to: "/calendar", search: { ...search, ...next }, replace: true });
  const view = calendar.data;
  return (
    <div className="page">
      <PageHeader crumb={t("nav-calendar")} title={t("calendar-title")} actions={<Button icon={<CalendarPlus />} onClick={() => go({ view: "export" })} data-testid="calendar-export">{t("calendar-export")}</Button>} />
      <div className="page-body">
        {view ? (
          <Tabs
            label={t("nav-calendar")}
            value={search.view === "agenda" ? "agenda" : "month"}
            onChange={(next) => go({ view: next })}
            items={[
              { value: "month", label: t("calendar-month"), content: <Month view={view} onMonth={(month) => go({ month })} onToday={() => void navigate({ to: "/calendar", search: {}, replace: true })} /> },
              { value: "agenda", label: t("calendar-agenda"), content: <Agenda view={view} /> },
            ]}
          />
        ) : calendar.error ? <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} /> : <LoadingState />}
      </div>
      {search.view === "export" ? <ExportDialog onClose={() => go({ view: "month" })} /> : null}
    </div>
  );
}

function Month({ view, onMonth, onToday }: { view: CalendarView; onMonth: (month: string) => void; onToday: () => void }) {
  const t = useText();
  return (
    <section aria-label={view.label}>
      <div className="row calendar-bar">
        <h2 className="section-title grow" aria-live="polite">{view.label}</h2>
        <Button onClick={onToday}>{t("calendar-today")}</Button>
        <IconButton label={t("previous-month")} onClick={() => onMonth(view.previous)} data-testid="calendar-previous"><ChevronLeft /></IconButton>
        <IconButton label={t("next-month")} onClick={() => onMonth(view.next)} data-testid="calendar-next"><ChevronRight /></IconButton>
      </div>
      <table className="month-grid">
        <thead>
          <tr>{view.weekdays.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {view.weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map(({ day, number, label, within, things }) => (
                <td key={day} className={`${within ? "" : "beside"}${day === view.today ? " today" : ""}`} {...(day === view.today ? { "aria-current": "date" as const } : {})}>
                  <span className="month-day" aria-label={label}>{number}</span>
                  <ul>
                    {things.slice(0, SHOWN).map((thing) => <li key={thing.key}><Thing thing={thing} /></li>)}
                    {things.length > SHOWN ? <li className="faint">{t("calendar-more", { count: things.slice(SHOWN).length })}</li> : null}
                  </ul>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Thing({ thing }: { thing: DatedThing }) {
  const go = useGo();
  const placeOf = usePlaceOf();
  return (
    <button type="button" className={`month-thing urgency-${thing.urgency}`} title={`${thing.title}: ${thing.detail}`} onClick={() => go(placeOf(thing.link))} data-testid={`dated-${thing.kind}`}>
      <b className="truncate">{thing.detail}</b>
      <span className="truncate">{thing.title}</span>
    </button>
  );
}

function Agenda({ view }: { view: CalendarView }) {
  const t = useText();
  const go = useGo();
  const placeOf = usePlaceOf();
  if (view.agenda.length === 0) return <EmptyState inline icon={<CalendarDays />} title={t("calendar-title")} text={t("calendar-none")} />;
  return (
    <ol className="agenda">
      {view.agenda.map((day) => (
        <li key={day.day}>
          <div className="agenda-day"><b>{day.label}</b><span className="faint">{day.fromNow}</span></div>
          <ul>
            {day.things.map((thing) => (
              <li key={thing.key}>
                <button type="button" className="agenda-thing" onClick={() => go(placeOf(thing.link))}>
                  <Due urgency={thing.urgency} text={thing.detail} />
                  <span className="grow truncate">{thing.title}</span>
                  <span className="faint">{thing.owner}</span>
                </button>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const [path, setPath] = useState("");
  const place = useTypedPath(path);
  const [createFolder, setCreateFolder] = useState(false);
  const save = useMutate("calendar_export");
  const there = save.error?.code === "target-exists";
  const write = (replace: boolean): void =>
    save.mutate({ path, replace, createFolder }, {
      onSuccess: (done) => {
        toast.say(t("calendar-exported", { count: done.rows }), { note: done.path });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("calendar-export")}
      note={t("calendar-export-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look={there ? "danger" : "primary"} disabled={path.trim() === "" || save.isPending} onClick={() => write(there)} data-testid="calendar-write">{t(there ? "replace" : "calendar-write")}</Button>
        </>
      }
    >
      <div className="stack">
        <PathField
          label={t("file")} value={path} place={place} testid="calendar-path" autoFocus placeholder="~/quarterdeck.ics"
          onChange={(next) => {
            setPath(next);
            save.reset();
          }}
          folder={{ create: createFolder, onCreate: setCreateFolder }}
          browse={() => chooseTarget(t("calendar-export"), "quarterdeck.ics", [{ name: "iCalendar", extensions: ["ics"] }])}
          error={fieldSentence(t, save.error, "path")}
        />
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
      </div>
    </Dialog>
  );
}
