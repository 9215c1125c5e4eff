import { MessagesSquare, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea, TextField } from "@/components/Field";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { EventView, PostmortemView } from "@/core/types";
import { InstantField } from "@/record/InstantField";

/** The time line beside the text: rows that are added, changed and taken away. */
export function EventRows({ view, frozen, onChat }: { view: PostmortemView; frozen: boolean; onChat: () => void }) {
  const t = useText();
  const toast = useToast();
  const remove = useMutate("event_delete");
  const undo = useMutate("undo");
  const [open, setOpen] = useState<EventView | "new" | null>(null);
  const drop = (one: EventView): void =>
    remove.mutate({ id: one.id }, { onSuccess: () => toast.say(t("event-deleted"), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail });
  return (
    <>
      <div className="pm-label pm-head">
        <span>{t("timeline-title", { zone: view.zone })}</span>
        {frozen ? null : (
          <span className="row">
            <IconButton label={t("chat-import")} onClick={onChat} data-testid="chat-import"><MessagesSquare /></IconButton>
            <IconButton label={t("event-add")} onClick={() => setOpen("new")} data-testid="event-add"><Plus /></IconButton>
          </span>
        )}
      </div>
      {view.events.length === 0 ? <p className="section-note">{t("timeline-nothing")}</p> : (
        <ol className="pm-events">
          {view.events.map((one) => (
            <li key={one.id} data-testid="event-row">
              {one.day ? <div className="pm-day">{one.day}</div> : null}
              <span className="num" title={`${view.zone} ${one.local}`}>{one.utc}</span>
              <span className="pm-event">{one.event.who ? <b>{one.event.who}: </b> : null}{one.event.text}{one.event.evidence ? <span className="pm-seen">{one.event.evidence}</span> : null}</span>
              {frozen ? null : (
                <span className="pm-event-do">
                  <IconButton label={t("event-edit", { text: one.event.text.slice(0, 40) })} onClick={() => setOpen(one)}><Pencil /></IconButton>
                  <IconButton label={t("event-remove", { text: one.event.text.slice(0, 40) })} onClick={() => drop(one)}><Trash2 /></IconButton>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {open ? <EventDialog incidentId={view.id} one={open === "new" ? null : open} last={view.events.at(-1)?.event.at ?? null} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function EventDialog({ incidentId, one, last, onClose }: { incidentId: string; one: EventView | null; last: string | null; onClose: () => void }) {
  const t = useText();
  const save = useMutate("event_save");
  const [at, setAt] = useState<string | null>(one?.event.at ?? last);
  const [text, setText] = useState(one?.event.text ?? "");
  const [evidence, setEvidence] = useState(one?.event.evidence ?? "");
  const [who, setWho] = useState(one?.event.who ?? "");
  const go = (): void => {
    if (at === null) return;
    save.mutate({ ...(one ? { id: one.id } : {}), incidentId, at, text, evidence, who }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(one ? "event-change" : "event-add")}
      footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" type="submit" form="event" disabled={at === null || text.trim() === "" || save.isPending} data-testid="event-go">{t("event-keep")}</Button></>}
    >
      <form id="event" className="stack" onSubmit={(event) => { event.preventDefault(); go(); }}>
        <InstantField label={t("event-at")} value={at} onChange={setAt} error={fieldSentence(t, save.error, "at")} data-testid="event-at" />
        <TextArea label={t("timeline-what")} value={text} onChange={setText} rows={3} error={fieldSentence(t, save.error, "text")} data-testid="event-text" />
        <TextField label={t("timeline-seen")} value={evidence} onChange={setEvidence} autoComplete="off" data-testid="event-evidence" />
        <TextField label={t("event-who")} value={who} onChange={setWho} autoComplete="off" data-testid="event-who" />
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
      </form>
    </Dialog>
  );
}
