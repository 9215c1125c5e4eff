import { useNavigate } from "@tanstack/react-router";
import { FileUp, Plus, Search, Tags } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Checks";
import { DataTable, type BulkAction } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { PriceDialog } from "@/components/PriceDialog";
import { priceColumns } from "@/components/priceColumns";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { call } from "@/core/rpc";
import { useText } from "@/core/text";
import { usePersisted } from "@/core/usePersisted";
import type { DayPriced, PriceDraft, PriceRow } from "@/core/types";
import { PriceImportDialog } from "./PriceImportDialog";
import { PricePanel } from "./PricePanel";
import "./prices.css";

export interface PricesSearch {
  q?: string;
  provider?: string;
  model?: string;
  tier?: string;
  /** Opens a new price for "vendor/model" … */
  add?: string;
  /** … from this day on. */
  from?: string;
}

const LIMIT = 2000;
const keyOf = (row: PriceRow): string => row.id;
/** Marked prices are copied and exported. */
const NO_BULK: BulkAction<PriceRow>[] = [];
const preview = (draft: PriceDraft): Promise<DayPriced[]> => call("price_preview", draft);

export function PricesPage({ search }: { search: PricesSearch }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const [text, setText] = useState(search.q ?? "");
  const [asked, setAsked] = useState(search.q);
  if (asked !== search.q) {
    setAsked(search.q);
    setText(search.q ?? "");
  }
  const wanted = useDeferredValue(text.trim());
  const [scope, setScope] = usePersisted<"used" | "all">("prices.scope", "used");
  // What is searched for is looked for in the whole book.
  const prices = useRpc("prices", { search: wanted, limit: LIMIT, used: scope === "used" && wanted === "" });
  const anyUsed = (prices.data?.used ?? 0) > 0;
  const status = useRpc("workspace_status", null);
  const add = useMutate("price_add");
  const [dialog, setDialog] = useState<"add" | "import" | null>(search.add === undefined ? null : "add");
  const names = prices.data?.vendorNames;
  const columns = useMemo(() => priceColumns(t, format, "book", names), [t, format, names]);

  useEffect(() => {
    const focusSearch = (event: KeyboardEvent): void => {
      if (event.key !== "/" || (event.target instanceof HTMLElement && event.target.matches("input, textarea, select"))) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>("[data-testid='price-search']")?.focus();
    };
    window.addEventListener("keydown", focusSearch);
    return () => window.removeEventListener("keydown", focusSearch);
  }, []);

  const open = (row: PriceRow): void =>
    void navigate({ to: "/prices", search: { ...(wanted ? { q: wanted } : {}), provider: row.provider, model: row.model, tier: row.tier } });
  const close = (): void => void navigate({ to: "/prices", search: wanted ? { q: wanted } : {} });
  const chosen = search.model && search.provider ? { provider: search.provider, model: search.model, tier: search.tier ?? "standard" } : null;
  const asking = search.add === undefined ? null : vendorAndModel(search.add);
  const selected = chosen ? (prices.data?.rows.find((row) => row.provider === chosen.provider && row.model === chosen.model && row.tier === chosen.tier)?.id ?? null) : null;

  const count = prices.data
    ? prices.data.rows.length < prices.data.total
      ? t("prices-shown", { shown: format.count(prices.data.rows.length), total: format.count(prices.data.total) })
      : t("prices-count", { rows: prices.data.total, models: prices.data.models })
    : "";

  return (
    <div className="page">
      <PageHeader
        crumb={t("group-economics")}
        title={t("nav-prices")}
        actions={
          <>
            <Button icon={<FileUp />} onClick={() => setDialog("import")} data-testid="price-import">{t("price-import")}</Button>
            <Button look="primary" icon={<Plus />} onClick={() => setDialog("add")} data-testid="price-add">{t("price-add")}</Button>
          </>
        }
      />
      <div className="price-tools">
        <div className="price-search">
          <Search aria-hidden="true" />
          <input className="input" type="search" value={text} placeholder={t("price-search")} aria-label={t("price-search")} onChange={(event) => setText(event.target.value)} data-testid="price-search" />
        </div>
        {anyUsed ? (
          <Segmented
            label={t("price-scope")}
            value={wanted === "" ? scope : "all"}
            onChange={(next) => {
              setScope(next === "used" ? "used" : "all");
              if (next === "used") setText("");
            }}
            choices={[{ value: "used", label: t("price-scope-used") }, { value: "all", label: t("price-scope-all") }]}
            testid="price-scope"
          />
        ) : null}
        <span className="grow" />
        <span className="section-note">{t("price-unit")}{prices.data?.snapshotDate ? ` · ${t("price-snapshot", { date: format.day(prices.data.snapshotDate) })}` : ""}</span>
      </div>
      <div className="page-fill">
        {prices.data ? (
          prices.data.rows.length === 0 ? (
            <EmptyState
              icon={<Tags />}
              title={wanted ? t("prices-none-title", { text: wanted }) : t("prices-empty-title")}
              text={wanted ? t("prices-none-text") : t("prices-empty-text")}
              action={<Button look="primary" icon={<Plus />} onClick={() => setDialog("add")}>{t("price-add")}</Button>}
            />
          ) : (
            <DataTable fill label={t("nav-prices")} columns={columns} rows={prices.data.rows} rowKey={keyOf} storageKey="prices" selected={selected} onOpen={open} testid="prices-table" ownFilter note={count} bulk={NO_BULK} />
          )
        ) : prices.error ? (
          <ErrorState error={prices.error} onRetry={() => void prices.refetch()} />
        ) : (
          <LoadingState />
        )}
      </div>
      <PricePanel chosen={chosen} onClose={close} onTier={(tier) => chosen && void navigate({ to: "/prices", search: { ...(wanted ? { q: wanted } : {}), provider: chosen.provider, model: chosen.model, tier }, replace: true })} />
      {dialog === "add" ? (
        <PriceDialog
          title={t("price-add")}
          note={t("price-add-note")}
          start={{
            provider: asking?.provider ?? chosen?.provider ?? "",
            model: asking?.model ?? chosen?.model ?? (prices.data?.rows.length === 0 ? wanted : ""),
            tier: chosen?.tier ?? "standard",
            currency: status.data?.settings?.currency ?? "USD",
            contractId: null,
            source: "",
            from: search.from,
          }}
          preview={preview}
          saving={add.isPending}
          error={add.error}
          onClose={() => {
            add.reset();
            setDialog(null);
            if (search.add !== undefined) close();
          }}
          onSave={(draft) =>
            add.mutate(draft, {
              onSuccess: () => {
                setDialog(null);
                if (search.add !== undefined) close();
                toast.say(t("price-added", { model: draft.model }));
              },
            })
          }
        />
      ) : null}
      {dialog === "import" ? <PriceImportDialog onClose={() => setDialog(null)} /> : null}
    </div>
  );
}

/** "acme/house-1" as an address names an offer: a model's name may have slashes of its own. */
function vendorAndModel(text: string): { provider: string; model: string } {
  const slash = text.indexOf("/");
  return { provider: text.slice(0, slash), model: text.slice(slash + 1) };
}
