import { CircleAlert, LoaderCircle } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { errorSentence } from "@/core/errors";
import { useText } from "@/core/text";
import type { WireError } from "@/core/types";
import { Button } from "./Button";
import "./Page.css";

interface EmptyProps {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  action?: ReactNode;
  inline?: boolean;
}

/** What the place is for, one action, one way to the sample. */
export function EmptyState({ icon, title, text, action, inline }: EmptyProps) {
  return (
    <div className={inline ? "state inline" : "state"}>
      <div className="state-icon" aria-hidden="true">{icon}</div>
      <h2>{title}</h2>
      <p>{text}</p>
      {action ? <div className="row">{action}</div> : null}
    </div>
  );
}

/** Nothing for 300 ms, then a word. Most answers come before it is seen. */
export function LoadingState({ label }: { label?: string }) {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status">
      {late ? (
        <>
          <LoaderCircle className="spin" aria-hidden="true" />
          {label ?? t("loading")}
        </>
      ) : null}
    </div>
  );
}

/** Errors whose cause stands in the log; the others say themselves what is wrong. */
const LOGGED: readonly string[] = ["internal", "bad-payload", "report-failed", "io-failed", "damaged"];

/** What happened, what was kept, what to do. */
export function ErrorState({ error, onRetry, inline }: { error: WireError; onRetry?: () => void; inline?: boolean }) {
  const t = useText();
  return (
    <div className={inline ? "state inline" : "state"} role="alert">
      <div className="state-icon tone-bad" aria-hidden="true"><CircleAlert /></div>
      <h2>{t("error-title")}</h2>
      <p>{errorSentence(t, error)}</p>
      {error.logId && LOGGED.includes(error.code) ? <p className="faint">{t("error-log", { id: error.logId })}</p> : null}
      {onRetry || error.code === "missing-rate" ? (
        <div className="row">
          {/* Trying again helps where something passes; a rate has to be entered. */}
          {error.code === "missing-rate" ? <Button look="primary" onClick={() => window.location.assign("#/settings?tab=rates")} data-testid="enter-rate">{t("rate-enter")}</Button> : <Button onClick={onRetry}>{t("try-again")}</Button>}
        </div>
      ) : null}
    </div>
  );
}

/** One sentence where the form stands, not a screen. */
export function ErrorNote({ error }: { error: WireError | null }) {
  const t = useText();
  if (!error) return null;
  return (
    <div className="call bad" role="alert" data-testid="error-note">
      {errorSentence(t, error)}
      {error.logId && LOGGED.includes(error.code) ? <span className="faint"> {t("error-log", { id: error.logId })}</span> : null}
    </div>
  );
}
