import { Plus, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Checkbox } from "@/components/Checks";
import { Popover } from "@/components/Menu";
import { NativeSelect } from "@/components/Select";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { Dimension, EconomicsQuery } from "@/core/types";
import { DIMENSIONS, withFilter } from "./view";

interface DimensionBarProps {
  query: EconomicsQuery;
  onShow: (patch: Partial<EconomicsQuery>) => void;
  freshness: string;
}

/** By one dimension or two; the first chosen leads. */
export function DimensionBar({ query, onShow, freshness }: DimensionBarProps) {
  const t = useText();
  const toggle = (dimension: Dimension): void => {
    const { by } = query;
    if (!by.includes(dimension)) onShow({ by: by.length < 2 ? [...by, dimension] : [by[0] ?? dimension, dimension] });
    else if (by.length > 1) onShow({ by: by.filter((item) => item !== dimension) });
  };
  const vendors = useRpc("dimension_values", { dimension: "vendor", text: "", limit: 1_000 }, { enabled: query.filters.some((filter) => filter.dimension === "vendor") });
  const nameOf = (dimension: Dimension, value: string): string =>
    (dimension === "vendor" ? vendors.data?.labels[vendors.data.values.indexOf(value)] : null) ?? (value || t("not-given"));
  const only = (dimension: Dimension): void => onShow({ by: [dimension] });
  return (
    <div className="chips">
      <div className="row-wrap" role="group" aria-label={t("economics-by-label")}>
        {DIMENSIONS.map((dimension) => {
          const place = query.by.indexOf(dimension);
          const name = t(`dimension-${dimension}`);
          return (
            <button
              key={dimension}
              type="button"
              className={place >= 0 ? "chip on" : "chip"}
              aria-pressed={place >= 0}
              title={t("economics-by-hint")}
              data-testid={`economics-by-${dimension}`}
              onClick={(event) => (event.shiftKey || event.ctrlKey || event.metaKey || place >= 0 ? toggle(dimension) : only(dimension))}
            >
              {place === 0 ? t("economics-by", { dimension: name }) : place === 1 ? t("economics-and", { dimension: name }) : name}
            </button>
          );
        })}
        {query.by.length === 1 ? <SecondDimension query={query} onShow={onShow} /> : null}
      </div>
      <span className="chip-line" aria-hidden="true" />
      {query.filters.map((filter) => (
        <span key={filter.dimension} className="chip filter">
          {t(`dimension-${filter.dimension}`)}: {filter.values.map((value) => nameOf(filter.dimension, value)).join(", ")}
          <button type="button" aria-label={t("economics-filter-remove", { dimension: t(`dimension-${filter.dimension}`) })} onClick={() => onShow({ filters: withFilter(query.filters, filter.dimension, []) })}>
            <X />
          </button>
        </span>
      ))}
      <FilterAdd query={query} onShow={onShow} />
      <span className="chip-note">{freshness}</span>
    </div>
  );
}

function SecondDimension({ query, onShow }: Omit<DimensionBarProps, "freshness">) {
  const t = useText();
  const [first] = query.by;
  const rest = DIMENSIONS.filter((dimension) => dimension !== first);
  return (
    <NativeSelect
      label={t("economics-second")}
      placeholder={t("economics-second")}
      options={rest.map((dimension) => ({ value: dimension, label: t("economics-and", { dimension: t(`dimension-${dimension}`) }) }))}
      value=""
      onChange={(next) => first && onShow({ by: [first, next as Dimension] })}
      data-testid="economics-second"
    />
  );
}

function FilterAdd({ query, onShow }: Omit<DimensionBarProps, "freshness">) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={t("economics-filter")}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="chip add" data-testid="economics-filter">
          <Plus aria-hidden="true" />
          {t("economics-filter")}
        </button>
      }
    >
      {open ? <FilterChoice query={query} onShow={onShow} /> : null}
    </Popover>
  );
}

/** Values listed at once; the rest is found by typing. */
const SHOWN = 60;

function FilterChoice({ query, onShow }: Omit<DimensionBarProps, "freshness">) {
  const t = useText();
  const format = useFormat();
  const [dimension, setDimension] = useState<Dimension>(DIMENSIONS.find((item) => !query.by.includes(item)) ?? "environment");
  const chosen = query.filters.find((filter) => filter.dimension === dimension)?.values ?? [];
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const found = useRpc("dimension_values", { dimension, text: wanted, limit: SHOWN });
  // What is chosen stays in sight, whatever is typed.
  const options = [...new Set([...chosen, ...(found.data?.values ?? [])])];
  const labels = new Map(found.data?.values.map((value, index) => [value, found.data.labels[index]]));
  const hidden = (found.data?.total ?? 0) - (found.data?.values.length ?? 0);
  return (
    <div className="filter-choice">
      <NativeSelect
        label={t("economics-filter-dimension")}
        options={DIMENSIONS.map((item) => ({ value: item, label: t(`dimension-${item}`) }))}
        value={dimension}
        onChange={(next) => {
          setDimension(next as Dimension);
          setText("");
        }}
      />
      <input
        className="input"
        type="search"
        aria-label={t("economics-filter-search", { dimension: t(`dimension-${dimension}`) })}
        placeholder={t("economics-filter-search", { dimension: t(`dimension-${dimension}`) })}
        value={text}
        onChange={(event) => setText(event.target.value)}
        data-testid="economics-filter-search"
      />
      <div className="filter-values">
        {options.map((value) => (
          <Checkbox
            key={value}
            label={(labels.get(value) ?? value) || t("not-given")}
            checked={chosen.includes(value)}
            onChange={(on) => onShow({ filters: withFilter(query.filters, dimension, on ? [...chosen, value] : chosen.filter((item) => item !== value)) })}
          />
        ))}
        {found.data && options.length === 0 ? <p className="section-note">{t("no-match")}</p> : null}
      </div>
      {hidden > 0 ? <p className="section-note">{t("economics-filter-more", { count: format.count(hidden) })}</p> : null}
    </div>
  );
}
