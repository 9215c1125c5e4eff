import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Tooltip } from "./Tooltip";
import "./Button.css";

type Native = ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement>; "data-testid"?: string };

export interface ButtonProps extends Native {
  look?: "plain" | "primary" | "quiet" | "danger";
  size?: "m" | "l";
  icon?: ReactNode;
}

export function Button({ look = "plain", size = "m", icon, children, className, type = "button", ...rest }: ButtonProps) {
  const names = ["button", `button-${look}`, size === "l" ? "button-l" : "", className ?? ""].join(" ");
  return (
    <button type={type} className={names} {...rest}>
      {icon ? <span className="button-icon" aria-hidden="true">{icon}</span> : null}
      {children}
    </button>
  );
}

/** A button that is only an icon: its name is read aloud and shown on hover. */
export function IconButton({ label, children, className, keys, ...rest }: Native & { label: string; keys?: string; children: ReactNode }) {
  return (
    <Tooltip text={label} keys={keys}>
      <button type="button" aria-label={label} className={`icon-button ${className ?? ""}`} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}
