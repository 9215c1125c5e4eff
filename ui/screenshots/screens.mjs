/** Every screen, and how to come to it. */
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KEY } from "./window.mjs";

const id = (testid) => `[data-testid="${testid}"]`;
const row = (table, number = 1) => `${id(table)} tbody tr[data-index="${number - 1}"] td:first-child`;
const close = async (view) => {
  await view.call("workspace_close", null);
  await view.settle(400);
};
const reopen = async (view, { file }) => {
  await view.call("workspace_open", { path: file });
  await view.settle(400);
};
const contract = async (view, vendor) => {
  const { rows } = await view.call("contracts", null);
  return (rows.find((item) => item.vendorName === vendor) ?? rows[0]).contract.id;
};
const usage = (root) => join(root, "tests/fixtures/usage/AzureLLMInferenceTrace_code.csv");
const inspect = async (view, { root, folder }) => {
  // A path a person might have; the fixture's own is nobody's.
  const path = join(folder, "AzureLLMInferenceTrace_code.csv");
  copyFileSync(usage(root), path);
  await view.go("/imports/new");
  await view.type(id("import-path"), path);
};

export const SCREENS = [
  { name: "home", show: (view) => view.go("/") },
  { name: "calendar", show: (view) => view.go("/calendar?month=2026-12") },
  { name: "vendors", show: (view) => view.go("/vendors") },
  {
    name: "vendor",
    show: async (view) => {
      await view.go("/vendors");
      await view.click(row("vendors-table"));
    },
  },
  { name: "contracts", show: (view) => view.go("/contracts") },
  { name: "contract", show: async (view) => view.go(`/contracts/${await contract(view, "OpenAI")}`) },
  { name: "contract-prices", show: async (view) => view.go(`/contracts/${await contract(view, "Anthropic")}?tab=prices`) },
  { name: "contract-documents", show: async (view) => view.go(`/contracts/${await contract(view, "Anthropic")}?tab=documents`) },
  { name: "economics", show: (view) => view.go("/economics?period=2026-Q3&by=feature") },
  {
    name: "economics-explained",
    show: async (view) => {
      await view.go("/economics?period=2026-Q3&by=feature");
      await view.click(id("economics-tile-cost-per-successful-session"));
    },
  },
  {
    name: "economics-tokens",
    show: async (view) => {
      await view.go("/economics?period=2026-Q3&by=model,feature");
      await view.find('[data-testid="economics-tokens"] svg path');
      await view.run("document.querySelector('[data-testid=economics-tokens]').scrollIntoView({ block: 'end' })");
    },
  },
  { name: "people", show: (view) => view.go("/people") },
  { name: "prices", show: (view) => view.go("/prices") },
  {
    name: "price-history",
    show: async (view) => {
      await view.go("/prices");
      await view.type(id("price-search"), "claude-sonnet-4-5");
      await view.settle(500);
      await view.click(row("prices-table"));
    },
  },
  {
    name: "price-preview",
    show: async (view) => {
      await view.go("/prices?add=openai%2Fgpt-5.1");
      await view.type(id("price-input"), "1.1");
      await view.type(id("price-output"), "8.8");
    },
  },
  { name: "reconciliation", show: (view) => view.go("/data/reconciliation?period=2026-Q3") },
  { name: "imports", show: (view) => view.go("/imports") },
  { name: "import-file", show: inspect },
  {
    name: "import-columns",
    show: async (view, context) => {
      await inspect(view, context);
      await view.click(id("import-inspect"));
      await view.find(id("import-plan"));
    },
  },
  {
    name: "import-asked",
    show: async (view, { folder }) => {
      const path = join(folder, "costs-2026-08.csv");
      const rows = Array.from({ length: 12 }, (_, day) => `0${(day % 9) + 1}/08/2026 10:00,openai,gpt-5.1,48211,9120,"1,000"`);
      writeFileSync(path, ["date,vendor,model,input tokens,output tokens,cost", ...rows].join("\n"));
      await view.go("/imports/new");
      await view.type(id("import-path"), path);
      await view.click(id("import-inspect"));
      for (const [field, value] of [["import-zone", "UTC"], ["import-currency", "USD"]]) {
        await view.click(id(field));
        await view.keys(value);
        await view.settle(200);
        await view.keys(KEY.enter);
      }
      await view.click(id("import-plan"));
      await view.find('[data-testid^="asked-"]');
    },
  },
  {
    name: "import-preview",
    show: async (view, context) => {
      await inspect(view, context);
      await view.click(id("import-inspect"));
      for (const [field, value] of [["vendor", "azure"], ["model", "gpt-4o"]]) {
        await view.type(id(`constant-${field}`), value);
      }
      await view.click(id("import-zone"));
      await view.keys("UTC");
      await view.settle(200);
      await view.keys(KEY.enter);
      await view.click(id("import-plan"));
      await view.find(id("plan"), 60_000);
    },
  },
  { name: "report", wait: 2500, show: (view) => view.go("/reports?period=2026-Q3") },
  { name: "settings", show: (view) => view.go("/settings") },
  { name: "settings-rates", show: (view) => view.go("/settings?tab=rates") },
  { name: "settings-backups", show: (view) => view.go("/settings?tab=backups") },
  { name: "settings-activity", show: (view) => view.go("/settings?tab=activity") },
  { name: "settings-sources", show: (view) => view.go("/settings?tab=sources") },
  { name: "guide", show: (view) => view.go("/guide") },
  {
    name: "palette",
    show: async (view) => {
      await view.go("/economics?period=2026-Q3&by=feature");
      await view.click(id("palette-open"));
      await view.type(id("palette-input"), "ant");
    },
  },
  {
    name: "keys",
    show: async (view) => {
      await view.go("/");
      await view.click(id("help"));
    },
  },
  { name: "start", show: close, after: reopen },
  {
    name: "new-workspace",
    show: async (view) => {
      await close(view);
      await view.click(id("start-new"));
      await view.type(id("new-name"), "Northwind Health");
    },
    after: async (view, context) => {
      await view.keys(KEY.escape);
      await reopen(view, context);
    },
  },
  {
    name: "recovery",
    show: async (view, { folder, file }) => {
      await view.call("workspace_backup", null);
      await close(view);
      const path = join(folder, "damaged.quarterdeck");
      cpSync(`${file}-backups`, `${path}-backups`, { recursive: true });
      // It still says whose file it is, and nothing behind that can be read.
      writeFileSync(path, Buffer.concat([readFileSync(file).subarray(0, 100), Buffer.from("something else entirely ".repeat(800))]));
      await view.call("workspace_open", { path });
      await view.find(id("recovery"));
    },
    after: async (view, context) => {
      await close(view);
      await reopen(view, context);
    },
  },
];
