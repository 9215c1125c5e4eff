import { Lock, Pencil, Plus, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Clip, DataTable, numberDatum, textDatum, type Column } from "@/components/DataTable";
import { AlertDialog } from "@/components/Dialog";
import { EmptyState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate } from "@/core/queries";
import { useText } from "@/core/text";
import type { BakeoffView, CandidateView } from "@/core/types";
import { CandidateDialog } from "./CandidateDialog";

export function CandidatesTab({ view }: { view: BakeoffView }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const remove = useMutate("candidate_delete");
  const undo = useMutate("undo");
  const [edited, setEdited] = useState<CandidateView | "new" | null>(null);
  const [asked, setAsked] = useState<CandidateView | null>(null);
  const sealed = view.sealed !== null;
  const drop = (one: CandidateView): void =>
    remove.mutate({ id: one.id }, { onSuccess: () => toast.say(t("candidate-deleted", { name: one.name }), { action: { label: t("undo"), run: () => undo.mutate(null) } }), onError: toast.fail });
  const ask = (one: CandidateView): void => (one.results > 0 ? setAsked(one) : drop(one));
  const columns: Column<CandidateView>[] = [
    { id: "name", header: t("candidate"), min: 180, cell: (one) => <Clip note={one.details?.incumbent ? <Tag>{t("incumbent")}</Tag> : null}>{one.name}</Clip>, data: textDatum((one) => one.name), sort: true },
    ...(sealed ? [] : [
      { id: "vendor", header: t("vendor"), width: 130, cell: (one: CandidateView) => <Clip>{one.vendor || one.details?.provider || "—"}</Clip>, data: textDatum((one: CandidateView) => one.vendor) },
      { id: "model", header: t("model"), width: 150, cell: (one: CandidateView) => <Clip>{one.details?.model || "—"}</Clip>, data: textDatum((one: CandidateView) => one.details?.model ?? null) },
      { id: "price", header: t("candidate-price"), term: "candidate-price", width: 160, cell: (one: CandidateView) => <Clip>{one.price || "—"}</Clip>, data: textDatum((one: CandidateView) => one.price) },
      { id: "labels", header: t("candidate-labels"), term: "candidate-labels", min: 140, optional: true, cell: (one: CandidateView) => <Clip>{one.details?.labels.join(", ") || "—"}</Clip>, data: textDatum((one: CandidateView) => one.details?.labels.join(", ") ?? null) },
      { id: "results", header: t("results"), width: 84, align: "right" as const, cell: (one: CandidateView) => format.count(one.results), data: numberDatum((one: CandidateView) => one.results), sort: true as const },
      {
        id: "actions", header: "", width: 76, align: "right" as const,
        cell: (one: CandidateView) => (
          <>
            <IconButton label={t("candidate-edit", { name: one.name })} onClick={() => setEdited(one)}><Pencil /></IconButton>
            <IconButton label={t("candidate-delete", { name: one.name })} onClick={() => ask(one)}><Trash2 /></IconButton>
          </>
        ),
      },
    ]),
  ];
  const add = <Button icon={<Plus />} onClick={() => setEdited("new")} data-testid="candidate-add">{t("candidate-add")}</Button>;
  return (
    <div className="stack">
      {sealed ? <p className="call info sealed-line" role="note"><Lock size={14} aria-hidden="true" />{t("sealed-candidates")}</p> : null}
      {view.candidates.length === 0 ? (
        <EmptyState inline icon={<Users />} title={t("candidates-empty-title")} text={t("candidates-empty-text")} action={add} />
      ) : (
        <>
          {sealed ? null : <div className="row"><span className="section-note grow">{t("candidates-note")}</span>{add}</div>}
          <DataTable label={t("candidates")} columns={columns} rows={view.candidates} rowKey={(one) => String(one.id)} storageKey={sealed ? "candidates-sealed" : "candidates"} compact testid="candidates-table" {...(sealed ? {} : { onOpen: setEdited })} />
        </>
      )}
      {edited ? <CandidateDialog bakeoffId={view.row.id} of={edited === "new" ? null : edited} onClose={() => setEdited(null)} /> : null}
      <AlertDialog
        open={asked !== null}
        danger
        onClose={() => setAsked(null)}
        onConfirm={() => asked && drop(asked)}
        title={t("candidate-delete-title", { name: asked?.name ?? "" })}
        text={`${t("candidate-delete-text", { count: asked?.results ?? 0, results: format.count(asked?.results ?? 0) })}${view.row.stage === "signed" ? ` ${t("rests-on-signed")}` : ""}`}
        confirm={t("candidate-remove")}
      />
    </div>
  );
}
