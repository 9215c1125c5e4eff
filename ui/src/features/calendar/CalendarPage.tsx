import { useNavigate } from "@tanstack/react-router";
import { CalendarDays, CalendarPlus, ChevronLeft, ChevronRight } from "lucide-react";
import { useCallback, useState } from "react";
import { Due } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { PageHeader } from "@/components/PageHeader";
import { PathDialog } from "@/components/PathDialog";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useToast } from "@/components/Toast";
import { chooseTarget } from "@/core/dialogs";
import { useGo } from "@/core/go";
import { usePlaceOf } from "@/core/places";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import type { CalendarView, DatedThing } from "@/core/types";
import "./calendar.css";

/** Shown of a day before the rest is counted. */
const SHOWN = 3;

export interface CalendarSearch {
  month?: string;
  view?: string;
  /** The agenda opens at this day. */
  day?: string;
}

export function CalendarPage({ search }: { search: CalendarSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const calendar = useRpc("calendar", { month: search.month ?? null });
  const go = (next: CalendarSearch): void => {
    const { month, view } = { ...search, ...next };
    void navigate({ to: "/calendar", search: { ...(month ? { month } : {}), ...(view ? { view } : {}), ...(next.day ? { day: next.day } : {}) }, replace: true });
  };
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
              { value: "month", label: t("calendar-month"), content: <Month view={view} onMonth={(month) => go({ month })} onDay={(day) => go({ view: "agenda", day })} onToday={() => void navigate({ to: "/calendar", search: {}, replace: true })} /> },
              { value: "agenda", label: t("calendar-agenda"), content: <Agenda view={view} at={search.day ?? null} /> },
            ]}
          />
        ) : calendar.error ? <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} /> : <LoadingState />}
      </div>
      {search.view === "export" ? <ExportDialog onClose={() => go({ view: "month" })} /> : null}
    </div>
  );
}

function Month({ view, onMonth, onDay, onToday }: { view: CalendarView; onMonth: (month: string) => void; onDay: (day: string) => void; onToday: () => void }) {
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
                    {things.length > SHOWN ? <li><button type="button" className="month-more" aria-label={t("calendar-more-on", { count: things.slice(SHOWN).length, day: label })} onClick={() => onDay(day)} data-testid={`more-${day}`}>{t("calendar-more", { count: things.slice(SHOWN).length })}</button></li> : null}
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

/** What comes, day by day. A day of the month shown that is over, or too far ahead, stands among them when it is asked for. */
function daysOf(view: CalendarView, at: string | null): CalendarView["agenda"] {
  const cell = view.agenda.some((day) => day.day === at) ? undefined : view.weeks.flat().find((day) => day.day === at && day.things.length > 0);
  if (!cell) return view.agenda;
  const { day, label, things } = cell;
  return [...view.agenda, { day, label, fromNow: "", things }].sort((a, b) => (a.day < b.day ? -1 : 1));
}

function Agenda({ view, at }: { view: CalendarView; at: string | null }) {
  const t = useText();
  const go = useGo();
  const placeOf = usePlaceOf();
  const days = daysOf(view, at);
  const arrive = useCallback((element: HTMLLIElement | null): void => {
    element?.scrollIntoView({ block: "start" });
    element?.querySelector("button")?.focus({ preventScroll: true });
  }, []);
  if (days.length === 0) return <EmptyState inline icon={<CalendarDays />} title={t("calendar-title")} text={t("calendar-none")} />;
  return (
    <ol className="agenda">
      {days.map((day) => (
        <li key={day.day} ref={day.day === at ? arrive : undefined} aria-current={day.day === at ? "true" : undefined}>
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
  const save = useMutate("calendar_export");
  return (
    <PathDialog
      title={t("calendar-export")}
      note={t("calendar-export-note")}
      label={t("file")}
      placeholder="~/quarterdeck.ics"
      path={path}
      onPath={(next) => {
        setPath(next);
        save.reset();
      }}
      browse={() => chooseTarget(t("calendar-export"), "quarterdeck.ics", [{ name: "iCalendar", extensions: ["ics"] }])}
      go={t("calendar-write")}
      place={place}
      makes
      onGo={(agreed) =>
        save.mutate({ path, ...agreed }, {
          onSuccess: (done) => {
            toast.say(t("calendar-exported", { count: done.rows }), { note: done.path });
            onClose();
          },
        })
      }
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      testids={{ go: "calendar-write", name: "calendar" }}
    />
  );
}
