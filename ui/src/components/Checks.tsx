import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup as BaseRadioGroup } from "@base-ui/react/radio-group";
import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import "./Field.css";

interface CheckProps {
  label: ReactNode;
  note?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  "data-testid"?: string;
}

export function Checkbox({ label, note, checked, onChange, disabled = false, ...rest }: CheckProps) {
  return (
    <label className="check">
      <BaseCheckbox.Root className="check-box" checked={checked} onCheckedChange={onChange} disabled={disabled} {...rest}>
        <BaseCheckbox.Indicator><Check /></BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span>
        {label}
        {note ? <span className="check-note">{note}</span> : null}
      </span>
    </label>
  );
}

export function Switch({ label, note, checked, onChange, disabled = false, ...rest }: CheckProps) {
  return (
    <label className="check">
      <BaseSwitch.Root className="switch" checked={checked} onCheckedChange={onChange} disabled={disabled} {...rest}>
        <BaseSwitch.Thumb className="switch-thumb" />
      </BaseSwitch.Root>
      <span>
        {label}
        {note ? <span className="check-note">{note}</span> : null}
      </span>
    </label>
  );
}

export interface Choice {
  value: string;
  label: ReactNode;
  note?: ReactNode;
}

interface ChoiceProps {
  label: string;
  choices: Choice[];
  value: string;
  onChange: (value: string) => void;
  inline?: boolean;
  testid?: string;
  /** The element that says more about the choice, such as a question. */
  describedBy?: string | undefined;
}

export function RadioGroup({ label, choices, value, onChange, inline, testid, describedBy }: ChoiceProps) {
  return (
    <BaseRadioGroup
      aria-label={label}
      aria-describedby={describedBy}
      className={inline ? "radio-group inline" : "radio-group"}
      value={value}
      onValueChange={(next: unknown) => onChange(String(next))}
    >
      {choices.map((choice) => (
        <label key={choice.value} className="check">
          <Radio.Root value={choice.value} className="check-box round" {...(testid ? { "data-testid": `${testid}-${choice.value}` } : {})}>
            <Radio.Indicator className="check-dot" />
          </Radio.Root>
          <span>
            {choice.label}
            {choice.note ? <span className="check-note">{choice.note}</span> : null}
          </span>
        </label>
      ))}
    </BaseRadioGroup>
  );
}

/** Two to four choices of one setting, all visible. */
export function Segmented({ label, choices, value, onChange, testid, describedBy }: ChoiceProps) {
  return (
    <ToggleGroup aria-label={label} aria-describedby={describedBy} className="segmented" value={[value]} onValueChange={(next: string[]) => next[0] !== undefined && onChange(next[0])}>
      {choices.map((choice) => (
        <Toggle key={choice.value} value={choice.value} {...(testid ? { "data-testid": `${testid}-${choice.value}` } : {})}>
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
