import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Checkbox } from "@/components/Checks";
import { Popover } from "@/components/Menu";
import { NativeSelect } from "@/components/Select";
import { useText } from "@/core/text";
import type { Dimension, EconomicsQuery } from "@/core/types";
import { DIMENSIONS, withFilter } from "./view";

interface DimensionBarProps {
  query: EconomicsQuery;
  values: EconomicsQuery["filters"];
  onShow: (patch: Partial<EconomicsQuery>) => void;
  freshness: string;
}

/** By one dimension or two; the first chosen leads. */
export function DimensionBar({ query, values, onShow, freshness }: DimensionBarProps) {
  const t = useText();
  const toggle = (dimension: Dimension): void => {
    const { by } = query;
    if (!by.includes(dimension)) onShow({ by: by.length < 2 ? [...by, dimension] : [by[0] ?? dimension, dimension] });
    else if (by.length > 1) onShow({ by: by.filter((item) => item !== dimension) });
  };
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
          {t(`dimension-${filter.dimension}`)}: {filter.values.map((value) => value || t("not-given")).join(", ")}
          <button type="button" aria-label={t("economics-filter-remove", { dimension: t(`dimension-${filter.dimension}`) })} onClick={() => onShow({ filters: withFilter(query.filters, filter.dimension, []) })}>
            <X />
          </button>
        </span>
      ))}
      <FilterAdd query={query} values={values} onShow={onShow} />
      <span className="chip-note">{freshness}</span>
    </div>
  );
}

function SecondDimension({ query, onShow }: Omit<DimensionBarProps, "freshness" | "values">) {
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

function FilterAdd({ query, values, onShow }: Omit<DimensionBarProps, "freshness">) {
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
      {open ? <FilterChoice query={query} values={values} onShow={onShow} /> : null}
    </Popover>
  );
}

function FilterChoice({ query, values, onShow }: Omit<DimensionBarProps, "freshness">) {
  const t = useText();
  const [dimension, setDimension] = useState<Dimension>(DIMENSIONS.find((item) => !query.by.includes(item)) ?? "environment");
  const chosen = query.filters.find((filter) => filter.dimension === dimension)?.values ?? [];
  const options = [...new Set([...(values.find((item) => item.dimension === dimension)?.values ?? []), ...chosen])];
  return (
    <div className="filter-choice">
      <NativeSelect
        label={t("economics-filter-dimension")}
        options={DIMENSIONS.map((item) => ({ value: item, label: t(`dimension-${item}`) }))}
        value={dimension}
        onChange={(next) => setDimension(next as Dimension)}
      />
      <div className="filter-values">
        {options.map((value) => (
          <Checkbox
            key={value}
            label={value || t("not-given")}
            checked={chosen.includes(value)}
            onChange={(on) => onShow({ filters: withFilter(query.filters, dimension, on ? [...chosen, value] : chosen.filter((item) => item !== value)) })}
          />
        ))}
      </div>
    </div>
  );
}
