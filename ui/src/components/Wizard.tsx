import { FileUp } from "lucide-react";
import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import { useText } from "@/core/text";
import "./Wizard.css";

/** Where one is on the way from a file to what it brings. */
export function WizardSteps({ steps, at, label }: { steps: string[]; at: number; label: string }) {
  return (
    <ol className="wizard-steps" aria-label={label}>
      {steps.map((name, number) => (
        <li key={name} className={number === at ? "on" : number < at ? "past" : ""} aria-current={number === at ? "step" : undefined}>
          <span className="wizard-number">{number + 1}</span>
          {name}
        </li>
      ))}
    </ol>
  );
}

/** The button that led to a step is gone with the step before: the keyboard goes on at the top of the next one. */
export function useStepTop(step: number): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null);
  const at = useRef(step);
  useEffect(() => {
    if (at.current === step) return;
    at.current = step;
    body.current?.scrollTo(0, 0);
    if (step > 0) body.current?.focus();
  }, [step]);
  return body;
}

/** The place a file is dropped on, with its path as a field. */
export function DropPlace({ title, children }: { title: string; children: ReactNode }) {
  const t = useText();
  return (
    <div className="drop">
      <FileUp aria-hidden="true" />
      <h2>{title}</h2>
      <p className="mut">{t("files-drop-text")}</p>
      {children}
    </div>
  );
}

/** Formats with what stands in them, beside the place where a file is named. */
export function FormatList({ title, formats }: { title: string; formats: { key: string; name: string; note: string }[] }) {
  return (
    <aside>
      <h2 className="section-title">{title}</h2>
      <ul className="format-list">
        {formats.map(({ key, name, note }) => (
          <li key={key}>
            <b>{name}</b>
            <span>{note}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** A name with its figure, under each other as a list. */
export function Fact({ name, value }: { name: ReactNode; value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}
