import { FileText, PenLine, Pencil, ShieldCheck, Undo2 } from "lucide-react";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useState } from "react";
import { Tag } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextArea, TextField } from "@/components/Field";
import { SaveState } from "@/components/PageHeader";
import { SelectField } from "@/components/Select";
import { EmptyState, ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useDraft } from "@/core/autosave";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { call, toWireError } from "@/core/rpc";
import { useText } from "@/core/text";
import type { BakeoffView, DecisionContent, DecisionView, GateView } from "@/core/types";
import { Gates } from "./Gates";
import { PairwiseWeights } from "./PairwiseWeights";
import { missingPairs } from "./pairs";
import "./blind.css";

/** Gates first, then weights on fixed anchors, how sure the first place is, why, and the signature. */
export function DecisionTab({ view }: { view: BakeoffView }) {
  const kept = useRpc("decision", { bakeoffId: view.row.id }, { keep: false });
  if (kept.error) return <ErrorState inline error={kept.error} onRetry={() => void kept.refetch()} />;
  if (!kept.data) return <LoadingState />;
  return <Loaded key={`${view.row.id}/${kept.data.version}/${kept.data.signed ? "signed" : ""}`} view={view} kept={kept.data} />;
}

function Loaded({ view, kept }: { view: BakeoffView; kept: DecisionView }) {
  const t = useText();
  const navigate = useNavigate();
  const bakeoffId = view.row.id;
  const toast = useToast();
  const save = useMutate("decision_save");
  const discard = useMutate("decision_discard");
  const [signing, setSigning] = useState(false);
  const [checking, setChecking] = useState(false);
  // What is signed is only read, until somebody says that the next version begins.
  const [reopened, setReopened] = useState(false);
  const locked = kept.signed !== null && !reopened;
  const checked = useRpc("decision_verify", { id: bakeoffId }, { keep: false });
  const holds = checked.data?.find((one) => one.version === kept.version)?.holds ?? true;
  const removed = checked.data?.some((one) => one.version === null) ?? false;
  const server = useMemo(() => kept.content, [kept.content]);
  const draft = useDraft<DecisionContent>(server, `decision/${bakeoffId}/${kept.version}`, (content) => save.mutateAsync({ bakeoffId, content }));
  const content = draft.value;
  const [wanted, setWanted] = useState<"direct" | "pairs">("direct");
  const how = content.pairwise.length > 0 ? "pairs" : wanted;
  const halfway = content.pairwise.length > 0 && missingPairs(kept.criteria.map((one) => one.key), content.pairwise) > 0;
  // Of half the pairs the core makes no weights, and every figure would be gone until the last of them.
  const asked = useMemo(() => (halfway ? { ...content, pairwise: [] } : content), [content, halfway]);
  const tried = useDeferredValue(asked);
  // While a weight is dragged the figures follow; what is kept comes a moment later.
  const trial = useRpc("decision", { bakeoffId, content: tried });
  const shown = trial.data ?? kept;
  const change = (patch: Partial<DecisionContent>): void => draft.change({ ...content, ...patch });
  const weight = (key: string, value: number): void => {
    const all = Object.fromEntries(shown.criteria.map((one) => [one.key, content.weights[one.key] ?? (Object.keys(content.weights).length === 0 ? 1 : 0)]));
    change({ weights: { ...all, [key]: value }, pairwise: [] });
  };
  const weigh = async (next: "direct" | "pairs"): Promise<void> => {
    if (next === "pairs" || content.pairwise.length === 0) return setWanted(next);
    try {
      // The page may still show the weights of the pair before.
      const found = await call("decision", { bakeoffId, content: asked });
      const all = Object.fromEntries(found.criteria.map((one) => [one.key, one.weight]));
      setWanted("direct");
      // Pairs the core could make nothing of leave the weights as they were.
      draft.change({ pairwise: [], ...(halfway || Object.values(all).every((one) => one === 0) ? {} : { weights: all }) });
    } catch (cause) {
      toast.fail(toWireError(cause));
    }
  };
  if (shown.candidates.length === 0) return <EmptyState inline icon={<PenLine />} title={t("decision-empty-title")} text={t("decision-empty-text")} />;
  const before = kept.versions[0];
  const memo = (): void => void navigate({ to: "/reports", search: { document: `bakeoff-memo/${bakeoffId}` } });
  return (
    <div className="stack" data-testid="decision">
      <div className="row">
        <span className="section-note grow">{reopened ? t("decision-reopened", { version: kept.version + 1 }) : kept.signed ? t("decision-signed", { by: kept.signed.by, date: kept.signed.atText, hash: kept.signed.hash.slice(0, 12), version: kept.version }) : t("decision-draft", { version: kept.version })}{!kept.signed && before ? ` · ${t("decision-signed-before", { by: before.by, date: before.atText, version: before.version, choice: before.choice })}` : ""}</span>
        <SaveState status={draft.status} />
        <Button icon={<FileText />} onClick={memo} data-testid="decision-memo">{t("memo")}</Button>
        {kept.signed || kept.versions.length > 0 || removed ? <Button icon={<ShieldCheck />} onClick={() => setChecking(true)} data-testid="decision-verify">{t("decision-verify")}</Button> : null}
        {locked ? <Button icon={<Pencil />} onClick={() => setReopened(true)} data-testid="decision-reopen">{t("decision-reopen", { version: kept.version + 1 })}</Button> : null}
        {!kept.signed && before ? <Button icon={<Undo2 />} disabled={discard.isPending} onClick={() => discard.mutate({ id: bakeoffId }, { onError: toast.fail })} data-testid="decision-discard">{t("decision-discard")}</Button> : null}
        {kept.signed ? null : <Button look="primary" icon={<PenLine />} disabled={halfway} title={halfway ? t("pairwise-unsigned") : undefined} onClick={() => setSigning(true)} data-testid="decision-sign">{t("decision-sign")}</Button>}
      </div>
      {removed ? <p className="call bad" role="alert">{t("decision-removed")}</p> : null}
      {kept.signed && !holds ? <p className="call bad" role="alert" data-testid="decision-not-as-signed">{t("decision-not-as-signed")}</p> : kept.signed ? <p className="call info" role="note">{t(locked ? "decision-final" : "decision-reopens")}</p> : null}
      <ErrorNote error={draft.error && draft.error.fields.length === 0 ? draft.error : null} />
      {shown.undecided ? <p className="call" role="note">{shown.undecided}</p> : null}
      {/* Many criteria are scrolled, by keys too. */}
      <div className="decision-scroll" role="region" aria-label={t("candidates")} tabIndex={0}>
        <table className="round-table" data-testid="decision-table">
          <thead>
            <tr>
              <th>{t("candidate")}</th><th>{t("gates")}</th>
              {shown.criteria.map((one) => <th key={one.key} className="num">{one.name}</th>)}
              <th className="num">{t("decision-score")}</th><th className="num">{t("decision-first")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.candidates.map((one) => (
              <tr key={one.id}>
                <td><b>{one.name}</b> {one.incumbent ? <Tag>{t("incumbent")}</Tag> : null}</td>
                <td>{one.gates.length === 0 ? "—" : <GateMark gates={one.gates} passed={one.passed} />}</td>
                {shown.criteria.map((criterion, at) => <td key={criterion.key} className="num"><Worth value={one.worth[at] ?? null} /></td>)}
                <td className="num"><b>{one.scoreText}</b></td>
                <td className="num" title={one.ranks.join(" · ")}>{one.firstText}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <fieldset className="decision-grid" disabled={locked} aria-label={t("decision")}>
        <section className="stack">
          <div className="row weights-head">
            <h2 className="section-title grow">{t("weights")}</h2>
            {shown.criteria.length > 1 ? <Segmented label={t("weights-how")} value={how} onChange={(next) => void weigh(next as "direct" | "pairs")} choices={[{ value: "direct", label: t("weights-direct") }, { value: "pairs", label: t("weights-pairs") }]} testid="weights" /> : null}
          </div>
          {how === "pairs" ? <PairwiseWeights criteria={shown.criteria} pairwise={content.pairwise} onChange={(pairwise) => change({ pairwise })} consistency={shown.consistency} /> : (
            <>
              <p className="section-note">{t("weights-note")}</p>
              <div className="decision-weights">
                {shown.criteria.map((one) => (
                  <WeightRow key={one.key} name={one.name} note={one.anchorsText} text={one.weightText} range={one.rangeText} value={content.weights[one.key] ?? one.weight} onChange={(value) => weight(one.key, value)} />
                ))}
              </div>
            </>
          )}
          <Gates gates={content.gates} candidates={shown.candidates} locked={locked} onChange={(gates) => change({ gates })} />
        </section>
        <section className="stack">
          <h2 className="section-title">{t("decision")}</h2>
          {/* Beside the weights: above them, each change of a weight would move what the hand is on. */}
          {shown.findings.length > 0 ? <ul className="findings" data-testid="decision-findings">{shown.findings.map((one) => <li key={one}>{one}</li>)}</ul> : null}
          {shown.against ? <p className="call" role="note" data-testid="decision-against">{shown.against}</p> : null}
          <SelectField
            label={t("decision-choice")}
            options={[{ value: "none", label: t("decision-none") }, ...shown.candidates.map((one) => ({ value: String(one.id), label: one.name, ...(one.passed ? {} : { note: t("gate-not-passed") }) }))]}
            value={content.choice === null ? "none" : String(content.choice)}
            onChange={(next) => change({ choice: next === "none" ? null : Number(next) })}
            data-testid="decision-choice"
          />
          <TextArea label={t("decision-rationale")} value={content.rationale} onChange={(rationale) => change({ rationale })} onBlur={() => void draft.flush()} rows={5} data-testid="decision-rationale" />
          <TextArea label={t("decision-dissent")} value={content.dissent} onChange={(dissent) => change({ dissent })} onBlur={() => void draft.flush()} rows={3} data-testid="decision-dissent" />
          <TextField label={t("decision-approvers")} hint={t("decision-approvers-hint")} value={content.approvers.join(", ")} onChange={(text) => change({ approvers: text.split(",").map((one) => one.trimStart()).filter((one, at, all) => one !== "" || at === all.length - 1) })} onBlur={() => void draft.flush()} data-testid="decision-approvers" />
        </section>
      </fieldset>
      {signing ? <SignDialog bakeoffId={bakeoffId} against={shown.against} missing={shown.missing} before={draft.flush} onClose={() => setSigning(false)} /> : null}
      {checking ? <VerifyDialog bakeoffId={bakeoffId} onClose={() => setChecking(false)} /> : null}
    </div>
  );
}

/** A worth as a bar: from nothing to everything. */
function Worth({ value }: { value: number | null }) {
  if (value === null) return <span className="faint">—</span>;
  return <meter className="worth" min={0} max={1} value={value}>{value}</meter>;
}

function GateMark({ gates, passed }: { gates: GateView[]; passed: boolean }) {
  const t = useText();
  if (passed) return <span className="gate-passed">{t("gates-passed")}</span>;
  return (
    <span className="gate-marks" title={gates.map((one) => `${one.name}: ${one.text}`).join("\n")}>
      {gates.filter((one) => one.standing !== "passed").map((one) => (
        <span key={one.name} className={`gate-${one.standing}`}>{t(one.standing === "failed" ? "gate-mark-failed" : "gate-mark-unknown", { gate: one.name })}</span>
      ))}
    </span>
  );
}

function WeightRow({ name, note, text, range, value, onChange }: { name: string; note: string; text: string; range: string; value: number; onChange: (value: number) => void }) {
  return (
    <>
      <span>{name}<span className="section-note weight-anchors">{note}</span></span>
      <input type="range" min={0} max={1} step={0.01} value={value} aria-label={name} onChange={(event) => onChange(event.target.valueAsNumber)} />
      <b className="num">{text}</b>
      <span className="section-note num">{range}</span>
    </>
  );
}

function SignDialog({ bakeoffId, against, missing, before, onClose }: { bakeoffId: string; against: string; missing: DecisionView["missing"]; before: () => Promise<unknown>; onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const sign = useMutate("decision_sign");
  // Nobody signs with the name that somebody else typed last.
  const [by, setBy] = useState("");
  const go = async (): Promise<void> => {
    await before();
    sign.mutate({ bakeoffId, by }, { onSuccess: () => { toast.say(t("decision-is-signed")); onClose(); } });
  };
  return (
    <Dialog open onClose={onClose} title={t("decision-sign")} note={t("decision-sign-note")} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" disabled={by.trim() === "" || missing.length > 0 || sign.isPending} onClick={() => void go()} data-testid="decision-sign-go">{t("decision-sign")}</Button></>}>
      <FieldGrid columns={1}>
        <ErrorNote error={sign.error && sign.error.fields.length === 0 ? sign.error : null} />
        {against ? <p className="call" role="note">{against}</p> : null}
        {missing.length > 0 ? <div className="call" data-testid="sign-missing"><p>{t("sign-missing")}</p><ul className="sign-missing">{missing.map((id) => <li key={id}>{t(`sign-${id}`)}</li>)}</ul></div> : null}
        <TextField label={t("decision-signed-by")} value={by} onChange={setBy} error={fieldSentence(t, sign.error, "by")} data-testid="decision-by" />
      </FieldGrid>
    </Dialog>
  );
}

/** More than that nobody reads one by one. */
const MOST_CHANGES = 200;

function VerifyDialog({ bakeoffId, onClose }: { bakeoffId: string; onClose: () => void }) {
  const t = useText();
  const checked = useRpc("decision_verify", { id: bakeoffId }, { keep: false });
  return (
    <Dialog open wide onClose={onClose} title={t("decision-verify")} note={t("decision-verify-note")} footer={<Button look="primary" onClick={onClose}>{t("close")}</Button>}>
      {checked.error ? <ErrorState inline error={checked.error} /> : !checked.data ? <LoadingState /> : checked.data.map((one, at) => (
        <section key={one.version ?? `removed-${at}`} className="stack" data-testid="verified">
          <p><b>{one.version === null ? t("verify-gone") : t(one.holds ? "verify-holds" : "verify-changed", { version: one.version, count: one.changes.length })}</b> <code>{one.hash.slice(0, 16)}</code></p>
          {one.changes.length > 0 ? (
            <table className="round-table">
              <thead><tr><th>{t("verify-part")}</th><th>{t("verify-what")}</th><th className="num">{t("verify-before")}</th><th className="num">{t("verify-after")}</th></tr></thead>
              <tbody>{one.changes.slice(0, MOST_CHANGES).map((change, at) => <tr key={at}><td>{change.part}</td><td>{change.what}</td><td className="num">{change.before}</td><td className="num">{change.after}</td></tr>)}</tbody>
            </table>
          ) : null}
          {one.changes.length > MOST_CHANGES ? <p className="section-note">{t("verify-more", { count: one.changes.length - MOST_CHANGES })}</p> : null}
        </section>
      ))}
    </Dialog>
  );
}
