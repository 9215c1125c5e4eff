import { Combobox as BaseCombobox } from "@base-ui/react/combobox";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown, ChevronsUpDown } from "lucide-react";
import { useText } from "@/core/text";
import { Field } from "./Field";
import "./Field.css";
import "./Overlay.css";

export interface Option {
  value: string;
  label: string;
  note?: string;
}

interface SelectProps {
  options: Option[];
  value: string;
  onChange: (value: string) => void;
  /** Read aloud when there is no visible label. */
  label: string;
  compact?: boolean;
  placeholder?: string;
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  "data-testid"?: string;
}

export function Select({ options, value, onChange, label, compact, placeholder, id, ...rest }: SelectProps) {
  return (
    <Base.Root items={options} value={value === "" ? null : value} onValueChange={(next: string | null) => next !== null && onChange(next)}>
      <Base.Trigger className={compact ? "select-trigger compact" : "select-trigger"} {...(id ? { id } : { "aria-label": label })} {...rest}>
        <span className="truncate"><Base.Value placeholder={placeholder ?? ""} /></span>
        <Base.Icon><ChevronDown /></Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="overlay-positioner">
          <Base.Popup className="popup" style={{ minWidth: "var(--anchor-width)" }}>
            <Base.List className="popup-scroll">
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className="popup-item" data-testid={`option-${option.value}`}>
                  <span className="popup-check"><Base.ItemIndicator><Check /></Base.ItemIndicator></span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.note ? <span className="faint">{option.note}</span> : null}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface SelectFieldProps extends Omit<SelectProps, "compact" | "id"> {
  term?: string;
  hint?: string;
  error?: string | undefined;
  wide?: boolean;
}

export function SelectField({ label, term, hint, error, wide, ...rest }: SelectFieldProps) {
  return (
    <Field label={label} {...(term ? { term } : {})} hint={hint} error={error} {...(wide ? { wide } : {})}>
      {(ids) => <Select label={label} {...ids} {...rest} />}
    </Field>
  );
}

/** For dense grids such as the column mapping: the platform's own list. */
export function NativeSelect({ options, value, onChange, label, placeholder, ...rest }: SelectProps) {
  return (
    <select
      className={value === "" ? "native-select unset" : "native-select"}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    >
      {placeholder !== undefined ? <option value="">{placeholder}</option> : null}
      {options.map((option) => (
        <option key={option.value} value={option.value}>{option.label}</option>
      ))}
    </select>
  );
}

interface ComboboxProps {
  label: string;
  term?: string;
  hint?: string;
  error?: string | undefined;
  wide?: boolean;
  options: Option[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  "data-testid"?: string;
}

/** What is typed replaces the choice. The list, as it opens, puts the caret at the end: this comes after it. */
const selectAll = ({ currentTarget }: { currentTarget: EventTarget & HTMLElement }): void => {
  requestAnimationFrame(() => {
    if (currentTarget instanceof HTMLInputElement && document.activeElement === currentTarget) currentTarget.select();
  });
};

/** A long list found by typing: time zones, currencies, models. */
export function Combobox({ label, term, hint, error, wide, options, value, onChange, placeholder, ...rest }: ComboboxProps) {
  const t = useText();
  const selected = options.find((option) => option.value === value) ?? null;
  return (
    <Field label={label} {...(term ? { term } : {})} hint={hint} error={error} {...(wide ? { wide } : {})}>
      {(ids) => (
        <BaseCombobox.Root
          items={options}
          value={selected}
          onValueChange={(next: Option | null) => next && onChange(next.value)}
          itemToStringLabel={(option: Option) => option.label}
          isItemEqualToValue={(a: Option, b: Option) => a.value === b.value}
          autoHighlight
        >
          <div className="input-group">
            <BaseCombobox.Input
              {...ids}
              {...rest}
              className="input"
              placeholder={placeholder ?? ""}
              onFocus={selectAll}
              onClick={selectAll}
            />
            <BaseCombobox.Trigger className="icon-button combobox-trigger" aria-label={t("show-options")} tabIndex={-1}>
              <ChevronsUpDown />
            </BaseCombobox.Trigger>
          </div>
          <BaseCombobox.Portal>
            <BaseCombobox.Positioner sideOffset={4} className="overlay-positioner">
              <BaseCombobox.Popup className="popup" style={{ minWidth: "var(--anchor-width)" }}>
                <BaseCombobox.Empty>
                  <div className="popup-empty">{t("no-match")}</div>
                </BaseCombobox.Empty>
                <BaseCombobox.List className="popup-scroll">
                  {(option: Option) => (
                    <BaseCombobox.Item key={option.value} value={option} className="popup-item">
                      <span className="popup-check"><BaseCombobox.ItemIndicator><Check /></BaseCombobox.ItemIndicator></span>
                      <span>{option.label}</span>
                      {option.note ? <span className="faint">{option.note}</span> : null}
                    </BaseCombobox.Item>
                  )}
                </BaseCombobox.List>
              </BaseCombobox.Popup>
            </BaseCombobox.Positioner>
          </BaseCombobox.Portal>
        </BaseCombobox.Root>
      )}
    </Field>
  );
}
