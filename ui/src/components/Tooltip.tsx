import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { useText } from "@/core/text";
import "./Overlay.css";

/** Explains on hover and on focus. The trigger keeps its own accessible name. */
export function Tooltip({ text, keys, children }: { text: ReactNode; keys?: string | undefined; children: ReactElement }) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={350} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="overlay-positioner">
          <Base.Popup className="tooltip">
            {text}
            {keys ? <kbd>{keys}</kbd> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A term of the field with its one-line explanation (`term-<id>`) on hover and on focus. Inside a button, the button explains it instead. */
export function Term({ id, children }: { id: string; children: ReactNode }) {
  const t = useText();
  const key = `term-${id}`;
  if (!t.has(key)) return <>{children}</>;
  return (
    <Tooltip text={t(key)}>
      <span className="term" tabIndex={0}>{children}</span>
    </Tooltip>
  );
}
