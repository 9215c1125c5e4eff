import { Autocomplete } from "@base-ui/react/autocomplete";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { Field } from "@/components/Field";
import "@/components/Overlay.css";

interface PersonFieldProps {
  label: string;
  value: string;
  onChange: (name: string) => void;
  onBlur?: () => void;
  error?: string | undefined;
  "data-testid"?: string;
}

interface Named {
  name: string;
  /** Everything they are called by. */
  words: string;
  role: string;
}

/** Whoever is meant, typed freely; the people of the workspace are offered, whichever of their names one begins with. */
export function PersonField({ label, value, onChange, onBlur, error, ...rest }: PersonFieldProps) {
  const t = useText();
  const people = useRpc("people", null);
  const known: Named[] = (people.data?.people ?? []).map(({ person }) => ({ name: person.name, words: [person.name, ...person.names].join("\n").toLowerCase(), role: person.role }));
  return (
    <Field label={label} error={error}>
      {(ids) => (
        <Autocomplete.Root
          items={known}
          value={value}
          onValueChange={onChange}
          itemToStringValue={(named: Named) => named.name}
          filter={(named: Named, query: string) => query.trim() !== "" && named.name !== query && named.words.includes(query.trim().toLowerCase())}
        >
          <Autocomplete.Input {...ids} {...rest} className="input" aria-label={label} autoComplete="off" onBlur={onBlur} />
          <Autocomplete.Portal>
            <Autocomplete.Positioner sideOffset={4} className="overlay-positioner">
              <Autocomplete.Popup className="popup" style={{ minWidth: "var(--anchor-width)" }}>
                <Autocomplete.List className="popup-scroll" aria-label={t("nav-people")}>
                  {(named: Named) => (
                    <Autocomplete.Item key={named.name} value={named} className="popup-item">
                      <span>{named.name}</span>
                      {named.role ? <span className="faint">{named.role}</span> : null}
                    </Autocomplete.Item>
                  )}
                </Autocomplete.List>
              </Autocomplete.Popup>
            </Autocomplete.Positioner>
          </Autocomplete.Portal>
        </Autocomplete.Root>
      )}
    </Field>
  );
}
