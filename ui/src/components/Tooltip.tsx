import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { useText } from "@/core/text";
import "./Overlay.css";

interface Hint {
  text: ReactNode;
  keys?: string | undefined;
  side?: "top" | "bottom";
}

/** One tooltip for the whole window: a hundred triggers cost no more than their handlers. */
const shared = Base.createHandle<Hint>();

/** Explains on hover and on focus. The trigger keeps its own accessible name. */
export function Tooltip({ text, keys, side = "bottom", children }: Hint & { children: ReactElement }) {
  return <Base.Trigger handle={shared} payload={{ text, keys, side }} render={children} delay={350} />;
}

/** Where the tooltip appears; once, around everything that has triggers. */
export function TooltipLayer({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={350}>
      {children}
      {/* Esc closes the hint and whatever it belongs to: nobody presses it twice to leave a panel. */}
      <Base.Root handle={shared} onOpenChange={(_, details) => details.reason === "escape-key" && details.allowPropagation()}>
        {({ payload }) => (
          <Base.Portal>
            <Base.Positioner side={payload?.side ?? "bottom"} sideOffset={6} className="overlay-positioner">
              <Base.Popup className="tooltip">
                <div>{payload?.text}</div>
                {payload?.keys ? <kbd>{payload.keys}</kbd> : null}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        )}
      </Base.Root>
    </Base.Provider>
  );
}

/**
 * A term of the field with its one-line explanation (`term-<id>`) on hover and on focus. Inside a button, the button explains
 * it instead; over a field it is no stop of its own, for the field says it to whoever cannot see.
 */
export function Term({ id, label = false, children }: { id: string; label?: boolean; children: ReactNode }) {
  const t = useText();
  const key = `term-${id}`;
  if (!t.has(key)) return <>{children}</>;
  return (
    <Tooltip text={t(key)} side={label ? "top" : "bottom"}>
      <span className="term" {...(label ? {} : { tabIndex: 0 })}>{children}</span>
    </Tooltip>
  );
}
