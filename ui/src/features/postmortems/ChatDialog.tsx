import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox, Segmented } from "@/components/Checks";
import { DateField } from "@/components/DateField";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { chooseFile } from "@/core/dialogs";
import { fieldSentence } from "@/core/errors";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { ChatEvent, DayOrder, PostmortemView } from "@/core/types";

/** Rows that are shown; those beyond come in with the others. */
const SHOWN = 200;
/** The longest text that is pasted: a file of any length is chosen instead. */
const LONGEST = 2_000_000;

/** A chat on its way into the time line: pasted or chosen, read by the core, and whatever is wanted of it taken over. */
export function ChatDialog({ view, onClose }: { view: PostmortemView; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const add = useMutate("events_add");
  const undo = useMutate("undo_together");
  const [text, setText] = useState("");
  const [path, setPath] = useState<string | null>(null);
  const [zone, setZone] = useState(view.zone);
  const [day, setDay] = useState<string | null>(view.events[0]?.event.at.slice(0, 10) ?? null);
  const [order, setOrder] = useState<DayOrder | null>(null);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const pasted = useDeferredValue(text);
  const asks = path !== null || pasted.trim() !== "";
  const request = useMemo(
    () => ({ text: path === null ? pasted : "", ...(path === null ? {} : { path }), zone, ...(day === null ? {} : { day }), ...(order === null ? {} : { order }) }),
    [pasted, path, zone, day, order],
  );
  const chat = useRpc("chat_read", request, { enabled: asks });
  const events: readonly ChatEvent[] = asks ? (chat.data?.events ?? []) : [];
  const taken = events.length - left.size;
  const put = (value: string): void => {
    setText(value.slice(0, LONGEST));
    setPath(null);
    setLeft(new Set());
  };
  const go = (): void => {
    const chosen = events.filter((_, at) => !left.has(at)).map((one) => one.event);
    add.mutate({ incidentId: view.id, events: chosen }, {
      onSuccess: (batch) => {
        onClose();
        toast.say(t("chat-added", { count: batch.ids.length, shown: format.count(batch.ids.length) }), batch.ids.length > 0 ? { action: { label: t("undo"), run: () => undo.mutate(batch) } } : {});
      },
    });
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("chat-import")}
      note={t("chat-note")}
      footer={
        <>
          <Button onClick={() => void chooseFile(t("chat-file"), [{ name: t("chat-file"), extensions: ["txt", "json", "log", "md", "csv"] }]).then((chosen) => { if (chosen) { setPath(chosen); setLeft(new Set()); } })} data-testid="chat-choose">{t("chat-choose")}</Button>
          <span className="grow" />
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={taken === 0 || add.isPending || chat.isFetching} onClick={go} data-testid="chat-go">{t("chat-take", { count: taken, shown: format.count(taken) })}</Button>
        </>
      }
    >
      <div className="stack">
        <TextArea wide label={t("chat-text")} value={path === null ? text : ""} onChange={put} rows={5} placeholder={path ?? t("chat-placeholder")} data-testid="chat-text" />
        {text.length >= LONGEST ? <p className="call" role="status">{t("chat-cut")}</p> : null}
        <FieldGrid>
          <TextField label={t("chat-zone")} value={zone} onChange={setZone} error={fieldSentence(t, chat.error, "zone")} autoComplete="off" data-testid="chat-zone" />
          <DateField label={t("chat-day")} value={day} onChange={setDay} data-testid="chat-day" />
        </FieldGrid>
        {chat.data?.orderUnknown || order !== null ? (
          <Segmented label={t("chat-order")} value={order ?? "month-first"} onChange={(next) => setOrder(next as DayOrder)} choices={[{ value: "month-first", label: t("chat-month-first") }, { value: "day-first", label: t("chat-day-first") }]} testid="chat-order" />
        ) : null}
        {asks ? <ErrorNote error={chat.error && chat.error.fields.length === 0 ? chat.error : null} /> : null}
        <ErrorNote error={add.error} />
        {asks && chat.data ? chat.data.notes.map((note) => <p key={note} className="section-note">{note}</p>) : null}
        {events.length > 0 ? (
          <div className="pm-chat" role="region" aria-label={t("timeline-what")} tabIndex={0} data-testid="chat-rows">
            {events.slice(0, SHOWN).map((one, at) => (
              <div key={at} className="pm-chat-row">
                <Checkbox label={`${one.utc} UTC`} checked={!left.has(at)} onChange={(is) => setLeft((now) => { const next = new Set(now); if (is) next.delete(at); else next.add(at); return next; })} />
                <span>{one.event.who ? <b>{one.event.who}: </b> : null}{one.event.text}</span>
              </div>
            ))}
            {events.length > SHOWN ? <p className="section-note">{t("chat-more", { count: events.length - SHOWN, shown: format.count(events.length - SHOWN) })}</p> : null}
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
