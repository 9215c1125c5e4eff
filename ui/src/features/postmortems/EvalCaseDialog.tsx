import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea } from "@/components/Field";
import { SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { useToast } from "@/components/Toast";
import { fieldSentence } from "@/core/errors";
import { useMutate, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { PostmortemView } from "@/core/types";

/** The failing input as a case of a suite: what was missed once is asked for ever after. */
export function EvalCaseDialog({ view, onClose }: { view: PostmortemView; onClose: () => void }) {
  const t = useText();
  const toast = useToast();
  const navigate = useNavigate();
  const suites = useRpc("suites", null);
  const save = useMutate("suite_case_save");
  const link = useMutate("link_add");
  const [chosen, setChosen] = useState<string | null>(null);
  const [input, setInput] = useState("");
  const [expected, setExpected] = useState("");
  const [rubric, setRubric] = useState("");
  const rows = suites.data ?? [];
  // An incident that harmed somebody is a matter of safety first.
  const suite = rows.find((row) => row.id === chosen) ?? rows.find((row) => row.kind === "safety") ?? rows[0];
  const go = async (): Promise<void> => {
    if (!suite || input.trim() === "") return;
    await save.mutateAsync({
      id: suite.id,
      number: null,
      case: { id: null, messages: [{ role: "user", content: input.trim() }], reference: expected.trim() === "" ? [] : [expected.trim()], rubric: rubric.trim() === "" ? null : rubric.trim(), tags: [view.code], weight: 1, cluster: null, variables: {} },
    });
    await link.mutateAsync({ one: { area: "incident", id: view.id }, other: { area: "suite", id: suite.id } });
    onClose();
    toast.say(t("eval-case-added", { suite: suite.name }), { action: { label: t("open"), run: () => void navigate({ to: "/suites/$id", params: { id: suite.id }, search: {} }) } });
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("eval-case-add")}
      note={t("eval-case-note")}
      footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" disabled={!suite || input.trim() === "" || save.isPending} onClick={() => void go().catch(() => undefined)} data-testid="eval-case-go">{t("eval-case-go")}</Button></>}
    >
      <div className="stack">
        {suites.data && rows.length === 0 ? <p className="call" role="note">{t("eval-case-none")}</p> : null}
        {suite ? <SelectField label={t("eval-case-suite")} options={rows.map((row) => ({ value: row.id, label: row.name }))} value={suite.id} onChange={setChosen} data-testid="eval-case-suite" /> : null}
        <TextArea label={t("eval-case-input")} value={input} onChange={setInput} rows={4} error={fieldSentence(t, save.error, "messages")} data-testid="eval-case-input" />
        <TextArea label={t("eval-case-expected")} value={expected} onChange={setExpected} rows={3} data-testid="eval-case-expected" />
        <TextArea label={t("eval-case-rubric")} value={rubric} onChange={setRubric} rows={2} data-testid="eval-case-rubric" />
        <ErrorNote error={save.error && save.error.fields.length === 0 ? save.error : link.error} />
      </div>
    </Dialog>
  );
}
