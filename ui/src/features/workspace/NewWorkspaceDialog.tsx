import { useMemo, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldGrid, TextField } from "@/components/Field";
import { PathField } from "@/components/PathField";
import { Combobox, SelectField } from "@/components/Select";
import { ErrorNote } from "@/components/States";
import { chooseTarget, suggestWorkspacePath } from "@/core/dialogs";
import { fieldSentence } from "@/core/errors";
import { useMutate } from "@/core/queries";
import { currencies, monthNames, timeZones } from "@/core/regions";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import { WORKSPACE_FILE } from "./files";

export function NewWorkspaceDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText();
  const create = useMutate("workspace_create");
  const [name, setName] = useState("");
  const [typedPath, setPath] = useState<string | null>(null);
  const [createFolder, setCreateFolder] = useState(false);
  const path = typedPath ?? suggestWorkspacePath(name);
  const place = useTypedPath(path);
  const [currency, setCurrency] = useState("USD");
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
  const [month, setMonth] = useState("1");
  const money = useMemo(() => currencies(t.lang), [t.lang]);
  const zones = useMemo(() => timeZones(), []);

  const ready = name.trim() !== "" && path.trim() !== "";
  const submit = (): void => {
    if (!ready || create.isPending) return;
    create.mutate({ path: path.trim(), name: name.trim(), currency, timeZone, fiscalStartMonth: Number(month), createFolder }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("workspace-new")}
      note={t("workspace-new-note")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" disabled={!ready || create.isPending} onClick={submit} data-testid="new-create">{t("workspace-create")}</Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={t("workspace-name")} value={name} onChange={setName} placeholder={t("workspace-name-example")} autoFocus data-testid="new-name" error={fieldSentence(t, create.error, "name")} />
        <PathField
          label={t("workspace-path")}
          value={path}
          onChange={setPath}
          browse={() => chooseTarget(t("workspace-path"), path || "workspace.quarterdeck", [WORKSPACE_FILE])}
          hint={t("workspace-path-hint")}
          error={fieldSentence(t, create.error, "path")}
          place={place}
          testid="new-path"
          folder={{ create: createFolder, onCreate: setCreateFolder }}
        />
        <FieldGrid>
          <Combobox label={t("workspace-currency")} term="reporting-currency" options={money} value={currency} onChange={setCurrency} data-testid="new-currency" error={fieldSentence(t, create.error, "currency")} />
          <SelectField label={t("workspace-fiscal")} term="fiscal-year" options={monthNames(t.lang)} value={month} onChange={setMonth} data-testid="new-fiscal" />
          <Combobox wide label={t("workspace-zone")} term="reporting-zone" options={zones} value={timeZone} onChange={setTimeZone} data-testid="new-zone" error={fieldSentence(t, create.error, "timeZone")} />
        </FieldGrid>
        <ErrorNote error={create.error} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
