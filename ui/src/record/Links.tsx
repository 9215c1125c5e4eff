import { Link2, Plus, Unlink } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { RecordLink } from "@/components/RecordLink";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useIconOf } from "@/core/places";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Link, LinkedRecord, RecordRef } from "@/core/types";
import "./record.css";

const refOf = ({ area, id }: Link): RecordRef => ({ area, id: id ?? "" });

/** What a record is linked to, whichever end it was linked from. */
export function Links({ about, links }: { about: RecordRef; links: LinkedRecord[] }) {
  const t = useText();
  const toast = useToast();
  const iconOf = useIconOf();
  const remove = useMutate("link_remove");
  const undo = useMutate("undo");
  const [asked, setAsked] = useState(false);
  const part = (linked: LinkedRecord): void =>
    remove.mutate({ one: about, other: refOf(linked.link) }, { onSuccess: () => toast.say(t("link-removed", { title: linked.title }), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail });
  return (
    <section>
      <div className="row">
        <h2 className="section-title grow">{t("record-links")}</h2>
        <IconButton label={t("link-add")} onClick={() => setAsked(true)} data-testid="link-add"><Plus /></IconButton>
      </div>
      {links.length === 0 ? <p className="section-note">{t("link-none")}</p> : (
        <ul className="record-list">
          {links.map((linked) => (
            <li key={`${linked.link.area}/${linked.link.id}`} data-testid="linked">
              <span className="linked-icon" aria-hidden="true">{iconOf(linked.link) ?? <Link2 />}</span>
              {linked.gone ? (
                <span className="grow truncate" title={linked.title}><s>{linked.title || linked.what}</s> <span className="mut">{t("link-gone")}</span></span>
              ) : (
                <span className="grow truncate"><RecordLink to={linked.link} title={`${linked.what} · ${linked.title}`}>{linked.title}</RecordLink></span>
              )}
              <IconButton label={t("link-remove", { title: linked.title })} onClick={() => part(linked)}><Unlink /></IconButton>
            </li>
          ))}
        </ul>
      )}
      {asked ? <AddLink about={about} known={links} onClose={() => setAsked(false)} /> : null}
    </section>
  );
}

function AddLink({ about, known, onClose }: { about: RecordRef; known: LinkedRecord[]; onClose: () => void }) {
  const t = useText();
  const iconOf = useIconOf();
  const add = useMutate("link_add");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const hits = useRpc("search", { text: wanted, limit: 20 }, { enabled: wanted.length > 0 });
  const taken = [about, ...known.map((linked) => refOf(linked.link))];
  const offered = wanted === "" ? [] : (hits.data ?? []).filter(({ link }) => link.id !== null && !taken.some((one) => one.area === link.area && one.id === link.id));
  return (
    <Dialog open onClose={onClose} title={t("link-add")}>
      <div className="stack">
        <TextField label={t("link-find")} type="search" value={text} onChange={setText} data-testid="link-find" />
        <ErrorNote error={add.error} />
        <ul className="link-offers" aria-live="polite">
          {offered.map((hit) => (
            <li key={`${hit.link.area}/${hit.link.id}`}>
              <Button look="quiet" icon={iconOf(hit.link) ?? <Link2 />} disabled={add.isPending} onClick={() => add.mutate({ one: about, other: refOf(hit.link) }, { onSuccess: onClose })} data-testid="link-offer">
                <span className="truncate">{hit.title}</span> <span className="faint truncate">{hit.detail}</span>
              </Button>
            </li>
          ))}
        </ul>
        {wanted !== "" && hits.data && offered.length === 0 ? <p className="section-note">{t("link-none-found")}</p> : null}
      </div>
    </Dialog>
  );
}
