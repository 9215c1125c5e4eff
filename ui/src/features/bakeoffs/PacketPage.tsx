import { useNavigate } from "@tanstack/react-router";
import { EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { PageHeader } from "@/components/PageHeader";
import { PathField } from "@/components/PathField";
import { chooseFile } from "@/core/dialogs";
import { useText } from "@/core/text";
import { useTypedPath } from "@/core/typedPath";
import { usePersisted } from "@/core/usePersisted";
import { PacketBlind } from "./BlindPage";

/** A packet of answers that came from another laptop: chosen, then scored. */
export function PacketPage({ path, rater }: { path: string; rater: string }) {
  return path && rater ? <PacketBlind key={`${path}/${rater}`} path={path} rater={rater} /> : <Choose />;
}

function Choose() {
  const t = useText();
  const navigate = useNavigate();
  const [path, setPath] = useState("");
  const [rater, setRater] = usePersisted("rater.name", "");
  const place = useTypedPath(path);
  const ready = path.trim() !== "" && rater.trim() !== "";
  const go = (): void => {
    if (ready) void navigate({ to: "/packet", search: { path: place?.path ?? path.trim(), rater: rater.trim() } });
  };
  return (
    <div className="page">
      <PageHeader crumb={t("group-vendors")} title={t("packet-title")} />
      <div className="page-body">
        <form
          className="stack"
          style={{ maxWidth: 560 }}
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
        >
          <p className="section-note">{t("packet-note")}</p>
          <PathField label={t("file")} value={path} onChange={setPath} place={place} browse={() => chooseFile(t("packet-title"), [{ name: "JSON", extensions: ["json"] }])} testid="packet-open" autoFocus />
          <TextField label={t("rater-name")} value={rater} onChange={setRater} data-testid="packet-rater-name" />
          <div><Button look="primary" icon={<EyeOff />} disabled={!ready} onClick={go} data-testid="packet-go">{t("round-score")}</Button></div>
        </form>
      </div>
    </div>
  );
}
