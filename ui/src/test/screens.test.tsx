import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { openApp, seen, violations } from "./app";

vi.mock("@/components/pdf", () => ({
  openPdf: () => ({ document: Promise.resolve({ numPages: 6 }), close: () => undefined }),
  drawPage: () => () => undefined,
  pageRatio: () => Promise.resolve(0.5625),
}));

const HARBOR = "/contracts/0197a1c0-0000-7000-8000-000000000065";
const GOLDEN = "/suites/0197a1c0-0000-7000-8000-0000000004b0";
const RENEWAL = "/bakeoffs/0197a1c0-0000-7000-8000-000000000514";
const PLACES: [string, string, RegExp][] = [
  ["home", "/", /Needs attention today/],
  ["vendors", "/vendors", /Tomasz Wolski/],
  ["a vendor", "/vendors/0197a1c0-0000-7000-8000-000000000001", /Models and prices/],
  ["a vendor's details", "/vendors/0197a1c0-0000-7000-8000-000000000001?tab=details", /Names in usage files/],
  ["a new vendor", "/vendors?id=new", /Names in usage files/],
  ["the calendar", "/calendar", /What is coming/],
  ["the agenda", "/calendar?view=agenda", /Last day for notice/],
  ["contracts", "/contracts", /Northwind pilot/],
  ["a new contract", "/contracts?add=true", /Terms, notice periods and prices/],
  ["a contract", HARBOR, /How this deadline was found/],
  ["contract prices", `${HARBOR}?tab=prices`, /harbor-l-2/],
  ["contract documents", `${HARBOR}?tab=documents`, /signed\.pdf/],
  ["a contract's activity", `${HARBOR}?tab=activity`, /bridge of three months/],
  ["people", "/people", /Lin Xiaowen/],
  ["a new person", "/people?id=new", /Other names/],
  ["bake-offs", "/bakeoffs", /Assistant model renewal/],
  ["a new bake-off", "/bakeoffs?add=true", /Every candidate answers the same frozen cases/],
  ["a comparison", RENEWAL, /407 of 412 cases answered by all/],
  ["a bake-off's cases", `${RENEWAL}?tab=cases`, /CA-0036/],
  ["a case's answers", `${RENEWAL}?tab=cases&case=%221%22`, /Please avoid ibuprofen/],
  ["candidates", `${RENEWAL}?tab=candidates`, /vllm:open-70b-instruct/],
  ["results of a bake-off", `${RENEWAL}?tab=results`, /open-70b-vllm\.eval/],
  ["the setup of a bake-off", `${RENEWAL}?tab=setup`, /The first one decides success/],
  ["a sealed bake-off", "/bakeoffs/0197a1c0-0000-7000-8000-000000000515", /Sealed while a round is open/],
  ["an underpowered bake-off", "/bakeoffs/0197a1c0-0000-7000-8000-000000000516", /34,890 cases would do/],
  ["import of results", `${RENEWAL}/import`, /Drop results here/],
  ["suites", "/suites", /Clinical safety/],
  ["a new suite", "/suites?add=true", /typed into its first draft/],
  ["import of cases", "/suites/import", /Drop a file of cases here/],
  ["a suite", GOLDEN, /CA-0002/],
  ["a case", `${GOLDEN}?case=%2259%22`, /must not leave the house/],
  ["a suite's versions", `${GOLDEN}?tab=versions`, /Spanish added/],
  ["a suite's details", `${GOLDEN}?tab=details`, /may be used for/],
  ["unit economics", "/economics", /Doc search/],
  ["prices", "/prices", /lumen-flash/],
  ["a price", "/prices?provider=harbor&model=harbor-l-2", /Usage is priced at the rate/],
  ["reconciliation", "/data/reconciliation", /Names not recognised/],
  ["imports", "/imports", /gateway-2026-08/],
  ["import a file", "/imports/new", /Drop a usage file here/],
  ["reports", "/reports", /Before you send it/],
  ["settings", "/settings", /This computer/],
  ["backups", "/settings?tab=backups", /Before an upgrade/],
  ["activity", "/settings?tab=activity", /noticeMinDays|Notice/],
  ["sources", "/settings?tab=sources", /LiteLLM/],
  ["the guide", "/guide", /A workspace is one file/],
  ["the gallery", "/gallery", /Screens' states/],
];

describe("every screen", () => {
  it.each(PLACES)("shows %s and has nothing axe objects to", async (_, place, text) => {
    openApp(place);
    await seen(text);
    expect(await violations()).toEqual([]);
  });

  it.each([
    ["start", "none", /Explore the sample/],
    ["recovery", "damaged", /This workspace cannot be read/],
    ["a file that is gone", "gone", /no longer where it was/],
    ["a file that was replaced", "replaced", /Another file lies/],
    ["a protected file", "read-only", /can only be read/],
    ["a newer file", "newer", /made by a newer version/],
  ] as const)("shows %s and has nothing axe objects to", async (_, state, text) => {
    openApp("/", state);
    await seen(text);
    expect(await violations()).toEqual([]);
  });

  it("speaks Chinese throughout", async () => {
    openApp("/economics", "sample", "zh-CN");
    await seen("单位经济效益");
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(await screen.findByText(/个模型没有价格/)).toBeTruthy();
  });

  it("says so when data is the sample's, and only then", async () => {
    openApp("/");
    await seen("Sample data");
  });

  it("explains an empty workspace and offers one action", async () => {
    openApp("/economics", "empty");
    await seen(/What does a successful session cost/);
    expect(screen.queryByText("Sample data")).toBeNull();
    expect(screen.getByTestId("economics-import")).toBeTruthy();
  });

  it("explains an empty list of bake-offs and of suites", async () => {
    openApp("/bakeoffs", "empty");
    await seen(/Is there a better model for the money/);
    window.location.hash = "#/suites";
    await seen(/What would a model have to get right/);
  });

  it("leads nowhere that does not exist", async () => {
    openApp("/");
    const nav = await screen.findByRole("navigation", { name: "Areas" });
    const links = within(nav).getAllByRole("link");
    expect(links).toHaveLength(15);
    await waitFor(() => expect(links.every((link) => link.getAttribute("href"))).toBe(true));
  });
});
