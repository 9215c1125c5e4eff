import { AlarmClock, AlarmClockOff } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { Due } from "@/components/Badge";
import { IconButton } from "@/components/Button";
import { Menu } from "@/components/Menu";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useGo } from "@/core/go";
import { useIconOf, usePlaceOf } from "@/core/places";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { AttentionItem, HomeView, SnoozeChoice, Urgency } from "@/core/types";

const GROUPS: Urgency[] = ["overdue", "week", "month", "quarter", "later"];
/** Shown of a group before the rest is asked for. */
const SHOWN = 20;

const initials = (name: string): string =>
  name.split(/\s+/).filter(Boolean).map((word) => [...word][0] ?? "").filter((_, at, all) => at === 0 || at === all.length - 1).join("").toUpperCase();

/** What waits for a decision, the most urgent first; each is decided where it leads, or put off until a day. */
export function Inbox({ view }: { view: HomeView }) {
  const t = useText();
  const [whole, setWhole] = useState<Urgency | null>(null);
  const [showSnoozed, setShowSnoozed] = useState(false);
  const groups = GROUPS.map((urgency) => ({ urgency, items: view.attention.filter((item) => item.urgency === urgency) })).filter(({ items }) => items.length > 0);
  // j and k go from row to row, as in a table.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === "j" || event.key === "ArrowDown" ? 1 : event.key === "k" || event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(".decision-go")];
    const at = rows.findIndex((row) => row.closest("li")?.contains(document.activeElement));
    if (at < 0) return;
    event.preventDefault();
    rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <section aria-labelledby="attention" className="inbox" onKeyDown={onKeyDown}>
      <div className="row">
        <h2 id="attention" className="section-title grow">{t("home-attention")}</h2>
        {view.snoozed.length > 0 ? (
          <button type="button" className="link-button" aria-expanded={showSnoozed} onClick={() => setShowSnoozed(!showSnoozed)} data-testid="snoozed">
            <AlarmClock aria-hidden="true" /> {t("home-snoozed", { count: view.snoozed.length })}
          </button>
        ) : null}
      </div>
      {view.attention.length === 0 ? <p className="section-note home-quiet">{t("home-quiet")}</p> : null}
      {groups.map(({ urgency, items }) => (
        <div key={urgency} role="group" aria-label={t(`urgency-${urgency}`)}>
          <h3 className={`inbox-group urgency-${urgency}`}>
            <Due urgency={urgency} text={t(`urgency-${urgency}`)} /> <span className="faint num">{items.length}</span>
          </h3>
          <ul className="attention">
            {(whole === urgency ? items : items.slice(0, SHOWN)).map((item) => <Decision key={item.key} item={item} choices={view.snoozes} />)}
          </ul>
          {whole !== urgency && items.length > SHOWN ? (
            <button type="button" className="link-button" onClick={() => setWhole(urgency)}>{t("home-more", { count: items.length - SHOWN })}</button>
          ) : null}
        </div>
      ))}
      {showSnoozed ? <Snoozed view={view} /> : null}
    </section>
  );
}

function Decision({ item, choices }: { item: AttentionItem; choices: SnoozeChoice[] }) {
  const t = useText();
  const format = useFormat();
  const go = useGo();
  const placeOf = usePlaceOf();
  const iconOf = useIconOf();
  const toast = useToast();
  const snooze = useMutate("attention_snooze");
  const putOff = ({ until }: SnoozeChoice): void =>
    snooze.mutate({ key: item.key, title: item.title, until, due: item.due }, {
      onSuccess: (done) => toast.say(t("snoozed-until", { date: format.day(done.until) })),
      onError: toast.fail,
    });
  return (
    <li className="decision">
      <button type="button" className="decision-go" onClick={() => go(placeOf(item.link))} data-testid={`attention-${item.kind}`}>
        <span className="attention-icon" aria-hidden="true">{iconOf(item.link)}</span>
        <span className="attention-text">
          <b className="truncate" title={item.title}>{item.title}</b>
          <span className="section-note truncate" title={`${item.money ?? ""} ${item.detail}`}>{item.money ? <b className="ink">{item.money}</b> : null} {item.detail}</span>
        </span>
        {item.owner ? <span className="initials" title={item.owner}><span aria-hidden="true">{initials(item.owner)}</span><span className="visually-hidden">{item.owner}</span></span> : <span />}
        <span className="decision-due">{item.due !== null && item.daysLeft !== null ? <Due urgency={item.urgency} text={`${format.dayShort(item.due)} · ${t("due-in-days", { days: item.daysLeft })}`} /> : null}</span>
        <span className="decision-action">{item.action}</span>
      </button>
      <Menu
        trigger={<IconButton label={t("snooze")}><AlarmClock /></IconButton>}
        items={choices.map((choice) => ({ key: choice.until, label: choice.label, onSelect: () => putOff(choice) }))}
      />
    </li>
  );
}

function Snoozed({ view }: { view: HomeView }) {
  const t = useText();
  const format = useFormat();
  const iconOf = useIconOf();
  const wake = useMutate("attention_wake");
  const toast = useToast();
  return (
    <div role="group" aria-label={t("home-snoozed-title")}>
      <h3 className="inbox-group">{t("home-snoozed-title")}</h3>
      <ul className="attention">
        {view.snoozed.map(({ item, until }) => (
          <li key={item.key} className="decision">
            <div className="decision-go">
              <span className="attention-icon" aria-hidden="true">{iconOf(item.link)}</span>
              <span className="attention-text"><b className="truncate">{item.title}</b><span className="section-note truncate">{item.detail}</span></span>
              <span />
              <span className="decision-due faint">{t("until-date", { date: format.day(until) })}</span>
            </div>
            <IconButton label={t("wake")} onClick={() => wake.mutate({ key: item.key, title: item.title }, { onError: toast.fail })}><AlarmClockOff /></IconButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
