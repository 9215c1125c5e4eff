import { Boxes, Plus, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Bullet } from "@/charts/Bullet";
import { Chart } from "@/charts/Chart";
import { Badge, Due, Tag } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Checkbox, RadioGroup, Segmented, Switch } from "@/components/Checks";
import { DateField } from "@/components/DateField";
import { AlertDialog, Dialog, SidePanel } from "@/components/Dialog";
import { DecimalField, FieldGrid, NumberField, TextArea, TextField } from "@/components/Field";
import { Menu } from "@/components/Menu";
import { PageHeader, SaveState, SummaryStrip } from "@/components/PageHeader";
import { ProgressPanel } from "@/components/ProgressPanel";
import { Combobox, NativeSelect, SelectField } from "@/components/Select";
import { Sparkline } from "@/components/Sparkline";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { TileStrip } from "@/components/TileStrip";
import { useToast } from "@/components/Toast";
import { economics, tiles } from "@/core/dev/economics";
import { contractsView, priceHistory } from "@/core/dev/records";
import { timeZones } from "@/core/regions";
import { specimens } from "./specimens";
import { barSpecs } from "./specs";

const OPTIONS = [{ value: "a", label: "Standard" }, { value: "b", label: "Batch" }, { value: "c", label: "Priority" }];
const JOB = { job: "1", phase: "reading", done: 412_004, total: 1_288_443, unit: "rows" as const, ratePerSecond: 912_000, left: { count: 1, unit: "second" as const } };

/** Every component with its states, for development only. */
export function Gallery() {
  const toast = useToast();
  const [text, setText] = useState("Harbor");
  const [money, setMoney] = useState<string | null>("3000000.50");
  const [months, setMonths] = useState<number | null>(12);
  const [day, setDay] = useState<string | null>("2026-09-30");
  const [choice, setChoice] = useState("a");
  const [zone, setZone] = useState("America/New_York");
  const [on, setOn] = useState(true);
  const [open, setOpen] = useState<"dialog" | "alert" | "panel" | null>(null);
  const view = economics({ period: "2026-Q3", by: ["feature"], filters: [], limit: 50 });
  return (
    <div className="page">
      <PageHeader crumb="Development" title="Gallery" actions={<SaveState status="saved" />} />
      <div className="page-body stack">
        <Part name="Buttons">
          <Button look="primary">Primary</Button>
          <Button>Plain</Button>
          <Button look="quiet">Quiet</Button>
          <Button look="danger" icon={<Trash2 />}>Danger</Button>
          <Button look="primary" disabled>Disabled</Button>
          <Button icon={<Plus />}>With icon</Button>
          <IconButton label="Add"><Plus /></IconButton>
          <Menu trigger={<Button>Menu</Button>} items={[{ key: "a", label: "Open", onSelect: () => undefined }, { key: "b", label: "Delete", danger: true, icon: <Trash2 />, onSelect: () => undefined }]} />
        </Part>
        <Part name="State">
          <Badge>Candidate</Badge><Badge tone="good">Approved</Badge><Badge tone="warn">Exiting</Badge><Badge tone="bad">Overdue</Badge><Badge tone="muted">Ended</Badge>
          <Tag>List</Tag><Tag accent>Contract</Tag>
          <Due urgency="month" text="2 Oct 2026 · notice" /><Due urgency="later" text="30 Dec 2026 · notice" /><Due urgency="overdue" text="20 Sep 2026 · notice" />
          <Sparkline values={[3, 4, 3.5, null, 5, 6, 5.5]} label="Trend" />
          <SaveState status="saving" /><SaveState status="failed" />
        </Part>
        <FieldGrid columns={3}>
          <TextField label="Text" value={text} onChange={setText} hint="A hint below" />
          <TextField label="Refused" value="" onChange={() => undefined} error="This is needed." />
          <DecimalField label="Money" value={money} onChange={setMoney} unit="USD" />
          <NumberField label="Whole number" value={months} onChange={setMonths} unit="months" />
          <DateField label="Date" value={day} onChange={setDay} />
          <SelectField label="Select" options={OPTIONS} value={choice} onChange={setChoice} />
          <Combobox label="Combobox" options={timeZones()} value={zone} onChange={setZone} />
          <NativeSelect label="Native" options={OPTIONS} value={choice} onChange={setChoice} />
          <TextArea label="Long text" value={text} onChange={setText} rows={2} />
        </FieldGrid>
        <Part name="Choices">
          <Checkbox label="Checkbox" checked={on} onChange={setOn} />
          <Switch label="Switch" checked={on} onChange={setOn} />
          <RadioGroup inline label="Radio" value={choice} onChange={setChoice} choices={OPTIONS} />
          <Segmented label="Segmented" value={choice} onChange={setChoice} choices={OPTIONS} />
        </Part>
        <Part name="Overlays">
          <Button onClick={() => setOpen("dialog")}>Dialog</Button>
          <Button onClick={() => setOpen("alert")}>Alert</Button>
          <Button onClick={() => setOpen("panel")}>Side panel</Button>
          <Button onClick={() => toast.say("Vendor deleted", { action: { label: "Undo", run: () => undefined } })}>Toast</Button>
          <Button onClick={() => toast.fail({ code: "disk-full", params: {}, fields: [], retryable: false, logId: "" })}>Error toast</Button>
        </Part>
        <TileStrip tiles={[...tiles().slice(0, 5), { key: "cache-hit-share", value: { kind: "unknown", reason: "no-data" }, text: "—", exact: "—", coverage: null, covered: null, change: null, explain: { figure: "x", row: null } }]} testid="gallery-tile" onExplain={() => setOpen("panel")} />
        <SummaryStrip items={[{ label: "Status", value: "Active" }, { label: "Deadline", value: "2 Oct 2026" }, { label: "Commitment", value: "$3,000,000.00 per year" }]} />
        <Part name="Bullets of tiles and lists">
          {specimens.flatMap(([, spec]) => (spec.marks.kind === "bullet" ? spec.marks.rows : [])).map((row) => <div key={row.name} style={{ width: 180 }}><Bullet row={row} height={9} /></div>)}
        </Part>
        <ProgressPanel title="Reading the file" event={JOB} onCancel={() => undefined} />
        <div className="gallery-charts">
          {[view.chart, view.waterfall, view.tokensChart, contractsView().timeline, priceHistory("harbor", "harbor-l-2").chart, ...barSpecs(), ...specimens.map(([, spec]) => spec)].map((spec, index) => (spec ? <Chart key={index} spec={spec} height={220} group="gallery" /> : null))}
        </div>
        <Part name="Screens' states">
          <EmptyState inline icon={<Boxes />} title="No contracts yet" text="Add a contract to know the last day for notice." action={<Button look="primary">Add contract</Button>} />
          <ErrorState inline error={{ code: "file-not-found", params: { path: "/data/usage.csv" }, fields: [], retryable: true, logId: "0197-4f2c" }} onRetry={() => undefined} />
          <LoadingState />
        </Part>
      </div>
      <Dialog open={open === "dialog"} onClose={() => setOpen(null)} title="Dialog" note="It takes the focus and gives it back." footer={<Button look="primary" onClick={() => setOpen(null)}>Done</Button>}>Body</Dialog>
      <AlertDialog open={open === "alert"} onClose={() => setOpen(null)} onConfirm={() => undefined} title="Revert this import?" text="1,288,431 rows leave the workspace." confirm="Revert" danger />
      <SidePanel open={open === "panel"} onClose={() => setOpen(null)} title="Side panel" note="One record">Body</SidePanel>
    </div>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="section-title" style={{ marginBottom: 8 }}>{name}</h2>
      <div className="row-wrap" style={{ gap: 14 }}>{children}</div>
    </section>
  );
}
