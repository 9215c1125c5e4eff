import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import "./Page.css";

export interface TabItem {
  value: string;
  label: string;
  count?: string;
  content: ReactNode;
}

export function Tabs({ items, value, onChange, label }: { items: TabItem[]; value: string; onChange: (value: string) => void; label: string }) {
  return (
    <Base.Root value={value} onValueChange={(next: unknown) => onChange(String(next))} className="tabs">
      <Base.List className="tab-list" aria-label={label}>
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className="tab" data-testid={`tab-${item.value}`}>
            <span className="tab-label" data-text={item.label}><span>{item.label}</span></span>
            {item.count ? <span className="tab-count">{item.count}</span> : null}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="tab-panel">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
