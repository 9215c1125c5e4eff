import { useState } from "react";
import { TextField } from "@/components/Field";
import { useText } from "@/core/text";

interface NamesFieldProps {
  label: string;
  value: readonly string[];
  onChange: (names: string[]) => void;
  onBlur: () => void;
  testid: string;
}

const names = (text: string): string[] => [...new Set(text.split(/[,;、，；\n]/).map((name) => name.trim()).filter((name) => name !== ""))];

/** Several names in one line, parted by commas of either kind. */
export function NamesField({ label, value, onChange, onBlur, testid }: NamesFieldProps) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value.join(t.lang === "en" ? ", " : "、");
  return (
    <TextField
      label={label}
      value={typed ?? shown}
      onChange={(text) => {
        setTyped(text);
        onChange(names(text));
      }}
      onBlur={() => {
        setTyped(null);
        onBlur();
      }}
      autoComplete="off"
      placeholder={t("names-placeholder")}
      data-testid={testid}
    />
  );
}
