import { Plus, Trash2, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { SidePanel } from "@/components/Dialog";
import { DecimalField, FieldGrid, TextArea, TextField } from "@/components/Field";
import { NativeSelect } from "@/components/Select";
import { ErrorNote, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Case, CaseView, FindingView, Message, SuiteView } from "@/core/types";

interface CasePanelProps {
  view: SuiteView;
  /** Number of a case, "new", or nothing. */
  chosen: string | null;
  /** The version a change goes to. */
  draftNumber: number;
  /** Only the newest version leads to the next draft; older ones are read. */
  editable: boolean;
  /** What is shown is frozen: a change begins a draft. */
  frozen: boolean;
  onClose: () => void;
  /** A change of a case makes another of it. */
  onMoved: (number: string) => void;
}

const BLANK: CaseView = { number: 0, case: { id: null, messages: [{ role: "user", content: "" }], reference: [], rubric: null, tags: [], weight: 1, cluster: null, variables: {} }, findings: [] };
const ROLES = ["system", "user", "assistant", "tool"];

/** What was typed and not saved, by whose it is: a panel that closes does not lose it. */
const unsaved = new Map<string, Case>();

export function CasePanel(props: CasePanelProps) {
  const t = useText();
  const { chosen } = props;
  const number = chosen === null || chosen === "new" ? 0 : Number(chosen);
  const found = useRpc("suite_case", { number }, { enabled: number > 0, keep: false });
  const view = chosen === "new" ? BLANK : found.data;
  return (
    <SidePanel wide open={chosen !== null} onClose={props.onClose} title={chosen === "new" ? t("case-new") : view?.case.id ?? t("case")} note={t(!props.editable ? "case-older" : props.frozen ? "case-to-draft" : "case-in-draft", { version: props.draftNumber })}>
      {view ? <CaseForm key={chosen} {...props} of={view} /> : found.error ? <ErrorState inline error={found.error} /> : chosen === null ? null : <LoadingState />}
    </SidePanel>
  );
}

function CaseForm({ view, of, chosen, draftNumber, editable, onClose, onMoved }: CasePanelProps & { of: CaseView }) {
  const t = useText();
  const toast = useToast();
  const save = useMutate("suite_case_save");
  const remove = useMutate("suite_cases_remove");
  const undo = useMutate("undo");
  const whose = `${view.row.id}/${chosen ?? ""}`;
  const [value, setValue] = useState<Case>(() => unsaved.get(whose) ?? of.case);
  const [touched, setTouched] = useState(() => unsaved.has(whose));
  const { unreadable, mark } = useReadableFields();
  const change = (patch: Partial<Case>): void => {
    const next = { ...value, ...patch };
    setTouched(true);
    setValue(next);
    unsaved.set(whose, next);
  };
  const wrong = (field: string): string | undefined => fieldSentence(t, save.error, field);
  const message = (at: number, patch: Partial<Message>): void => change({ messages: value.messages.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const answer = (at: number, text: string): void => change({ reference: value.reference.map((one, index) => (index === at ? text : one)) });

  const keep = (): void => {
    if (save.isPending || unreadable) return;
    const asked: Case = { ...value, id: value.id?.trim() || null, cluster: value.cluster?.trim() || null, reference: value.reference.filter((one) => one.trim() !== "") };
    save.mutate({ id: view.row.id, number: chosen === "new" ? null : of.number, case: asked }, {
      onSuccess: ({ number }) => {
        setTouched(false);
        unsaved.delete(whose);
        toast.say(t("case-saved", { version: draftNumber }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
        onMoved(String(number));
      },
    });
  };
  const drop = (): void =>
    remove.mutate({ id: view.row.id, numbers: [of.number] }, {
      onSuccess: () => {
        onClose();
        toast.say(t("cases-removed", { count: 1 }), { action: { label: t("undo"), run: () => undo.mutate(null) } });
      },
      onError: toast.fail,
    });

  return (
    <form
      className="stack case-form"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <FindingsFound findings={of.findings} />
      <fieldset disabled={!editable} className="stack">
        <section className="stack tight">
          <h2 className="section-title">{t("case-messages")}</h2>
          {value.messages.map((one, at) => (
            <div key={at} className="case-message">
              <div className="row">
                {editable ? <NativeSelect label={t("case-role")} options={[...new Set([...ROLES, one.role])].map((role) => ({ value: role, label: ROLES.includes(role) ? t(`role-${role}`) : role }))} value={one.role} onChange={(role) => message(at, { role })} /> : <b className="grow">{ROLES.includes(one.role) ? t(`role-${one.role}`) : one.role}</b>}
                <span className="grow" />
                {editable && value.messages.length > 1 ? <IconButton label={t("case-message-remove")} onClick={() => change({ messages: value.messages.filter((_, index) => index !== at) })}><X /></IconButton> : null}
              </div>
              <textarea className="input textarea" aria-label={t("case-message", { role: ROLES.includes(one.role) ? t(`role-${one.role}`) : one.role })} rows={lines(one.content)} value={one.content} onChange={(event) => message(at, { content: event.target.value })} data-testid={`case-message-${at}`} />
            </div>
          ))}
          {wrong("messages") ? <p className="field-error" role="alert">{wrong("messages")}</p> : null}
          {editable ? <div className="row"><Button look="quiet" icon={<Plus />} onClick={() => change({ messages: [...value.messages, { role: "user", content: "" }] })}>{t("case-message-add")}</Button></div> : null}
        </section>
        <section className="stack tight">
          <h2 className="section-title">{t("case-references")}</h2>
          {value.reference.length === 0 ? <p className="section-note">{t("case-no-reference")}</p> : null}
          {value.reference.map((one, at) => (
            <div key={at} className="row case-reference">
              <textarea className="input textarea" aria-label={t("case-reference")} rows={lines(one)} value={one} onChange={(event) => answer(at, event.target.value)} data-testid={`case-reference-${at}`} />
              {editable ? <IconButton label={t("case-reference-remove")} onClick={() => change({ reference: value.reference.filter((_, index) => index !== at) })}><X /></IconButton> : null}
            </div>
          ))}
          {editable ? <div className="row"><Button look="quiet" icon={<Plus />} onClick={() => change({ reference: [...value.reference, ""] })} data-testid="case-reference-add">{t("case-reference-add")}</Button></div> : null}
        </section>
        <TextArea label={t("case-rubric")} term="case-rubric" value={value.rubric ?? ""} onChange={(rubric) => change({ rubric: rubric === "" ? null : rubric })} rows={lines(value.rubric ?? "")} data-testid="case-rubric" />
        <WithReadableFields value={mark}>
          <FieldGrid>
            <TextField label={t("case-id")} term="case-id" value={value.id ?? ""} onChange={(id) => change({ id })} error={wrong("id")} spellCheck={false} data-testid="case-id" />
            <Tags value={value.tags} onChange={(tags) => change({ tags })} />
            <DecimalField label={t("case-weight")} term="case-weight" value={String(value.weight)} onChange={(weight) => change({ weight: weight === null ? 1 : Number(weight) })} error={wrong("weight")} data-testid="case-weight" />
            <TextField label={t("case-cluster")} term="case-cluster" value={value.cluster ?? ""} onChange={(cluster) => change({ cluster })} spellCheck={false} />
          </FieldGrid>
        </WithReadableFields>
        {Object.keys(value.variables).length > 0 ? (
          <section className="stack tight">
            <h2 className="section-title">{t("case-variables")}</h2>
            <FieldGrid columns={1}>
              {Object.entries(value.variables).map(([name, text]) => <TextField key={name} label={name} value={text ?? ""} onChange={(next) => change({ variables: { ...value.variables, [name]: next } })} spellCheck={false} />)}
            </FieldGrid>
          </section>
        ) : null}
      </fieldset>
      <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : null} />
      {editable ? (
        <div className="row case-foot">
          {chosen === "new" ? null : <Button look="danger" icon={<Trash2 />} onClick={drop}>{t("case-remove")}</Button>}
          <span className="grow" />
          <Button look="primary" type="submit" disabled={!touched || unreadable || save.isPending} data-testid="case-save">{t("case-save", { version: draftNumber })}</Button>
        </div>
      ) : null}
    </form>
  );
}

/** Personal data and secrets, never shown whole. */
function FindingsFound({ findings }: { findings: FindingView[] }) {
  const t = useText();
  if (findings.length === 0) return null;
  return (
    <div className="call" role="note" data-testid="case-findings">
      <b>{t("case-findings", { count: findings.length })}</b>
      <ul className="finding-list">
        {findings.map((one, at) => <li key={at}><span>{one.name}</span><code>{one.excerpt}</code></li>)}
      </ul>
    </div>
  );
}

/** Typed as a list with commas; kept as typed until the field is left. */
function Tags({ value, onChange }: { value: string[]; onChange: (tags: string[]) => void }) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      label={t("case-tags")}
      hint={t("case-tags-hint")}
      value={typed ?? value.join(", ")}
      onChange={(text) => {
        setTyped(text);
        onChange([...new Set(text.split(/[,，]/).map((one) => one.trim()).filter((one) => one !== ""))]);
      }}
      onBlur={() => setTyped(null)}
      data-testid="case-tags"
    />
  );
}

/** Rows a text needs, so that most cases are read without scrolling within a field. */
const lines = (text: string): number => Math.max(2, Math.min(12, text.split("\n").length + text.length / 84));
