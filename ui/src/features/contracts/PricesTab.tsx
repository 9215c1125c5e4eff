import { Plus, Tags } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/Button";
import { DataTable } from "@/components/DataTable";
import { PriceDialog } from "@/components/PriceDialog";
import { priceColumns } from "@/components/priceColumns";
import { EmptyState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useFormat } from "@/core/format";
import { useMutate, useRpc } from "@/core/queries";
import { call } from "@/core/rpc";
import { useText } from "@/core/text";
import type { ContractView, DayPriced, PriceDraft, PriceTerm } from "@/core/types";

const term = (asked: PriceTerm): Promise<string | null> => call("price_term", asked);
const preview = (draft: PriceDraft): Promise<DayPriced[]> => call("price_preview", draft);

/** The effective-dated schedule: rows are closed by the next one, never edited. */
export function PricesTab({ view }: { view: ContractView }) {
  const t = useText();
  const format = useFormat();
  const toast = useToast();
  const add = useMutate("price_add");
  const vendors = useRpc("vendors", null);
  const [open, setOpen] = useState(false);
  const { contract } = view.row;
  const columns = useMemo(() => priceColumns(t, format, "contract"), [t, format]);
  const key = vendors.data?.find((row) => row.vendor.id === contract.vendorId)?.vendor.providerKeys[0] ?? "";
  const button = <Button icon={<Plus />} onClick={() => setOpen(true)} data-testid="contract-price-add">{t("price-add")}</Button>;
  return (
    <div className="stack">
      {view.prices.length === 0 ? (
        <EmptyState inline icon={<Tags />} title={t("contract-prices-empty")} text={t("contract-prices-empty-text")} action={button} />
      ) : (
        <>
          <div className="row">
            <span className="section-note grow">{t("contract-prices-note")}</span>
            {button}
          </div>
          <DataTable label={t("nav-prices")} columns={columns} rows={view.prices} rowKey={(row) => row.id} storageKey="contract-prices" testid="contract-prices" />
        </>
      )}
      {open ? (
        <PriceDialog
          title={t("price-add")}
          note={t("contract-price-note")}
          start={{ provider: key, model: "", tier: "standard", currency: contract.currency, contractId: contract.id, source: contract.title }}
          onClose={() => {
            add.reset();
            setOpen(false);
          }}
          preview={preview}
          term={term}
          saving={add.isPending}
          error={add.error}
          onSave={(draft) =>
            add.mutate(draft, {
              onSuccess: () => {
                setOpen(false);
                toast.say(t("price-added", { model: draft.model }));
              },
            })
          }
        />
      ) : null}
    </div>
  );
}
