import { describe, expect, it } from "vitest";
import { compareDecimals, parseDecimal } from "@/core/decimal";
import { formatFor, groupDigits, shortSource } from "@/core/format";
import { typedMoney } from "@/core/money";
import { tableToTsv } from "@/charts/tableText";
import { safeCell } from "@/core/sheet";

const en = formatFor("en", "America/New_York");
const zh = formatFor("zh-CN", "Asia/Shanghai");
/** As the core sends it. */
const money = (amount: string, text: string, number: string) => ({ ...typedMoney(amount, "USD"), text, number, compact: text });

describe("money", () => {
  it("is printed as the core wrote it", () => {
    const spend = money("36740.955496296", "$36,740.96", "36,740.96");
    expect([en.money(spend), en.amount(spend), en.amountSigned(spend)]).toEqual(["$36,740.96", "36,740.96", "+36,740.96"]);
    expect([en.amountSigned(money("-1", "−$1.00", "−1.00")), en.amountSigned(money("0", "$0.00", "0.00"))]).toEqual(["−1.00", "0.00"]);
  });
  it("keeps every digit a double would lose", () => {
    expect(en.moneyExact(money("9007199254740993.123456789", "", ""))).toBe("USD 9,007,199,254,740,993.123456789");
    expect(en.moneyExact(money("-0.000000001", "", ""))).toBe("USD −0.000000001");
    expect(en.moneyExact(money("10.5", "", ""))).toBe("USD 10.50");
  });
  it("is a dash when unknown, never zero", () => {
    expect([en.money(null), en.amount(null), en.moneyExact(null)]).toEqual(["—", "—", "—"]);
  });
});

describe("other figures", () => {
  it("keeps big counts exact, and decimals as they are", () => {
    expect(en.count("12345678901234567890")).toBe("12,345,678,901,234,567,890");
    expect([en.decimal("2.5", 2), en.decimal("0.0000125", 2), en.decimal("1000")]).toEqual(["2.50", "0.0000125", "1,000"]);
  });
  it("says sizes and times in units", () => {
    expect([en.bytes(41_200_128), en.bytes(900), en.timeLeft({ count: 3, unit: "minute" })]).toEqual(["41.2MB", "900B", "3 min"]);
  });
  it("writes instants in the reporting zone, days as they are", () => {
    expect(en.instant("2026-10-01T03:00:00Z")).toBe("30 Sep 2026 23:00");
    expect(en.day("2026-09-30")).toBe("30 Sep 2026");
    expect(zh.day("2026-09-30")).toBe("2026年9月30日");
  });
});

describe("typed decimals", () => {
  it.each([
    ["1,234.50", "1234.50"],
    ["1.234,50", "1234.50"],
    ["1 234,5", "1234.5"],
    ["3,000,000", "3000000"],
    ["0,15", "0.15"],
    [".5", "0.5"],
    ["007", "7"],
    ["-2", "-2"],
    ["−3", "-3"],
  ])("reads %s", (typed, exact) => expect(parseDecimal(typed)).toBe(exact));
  it.each(["abc", "1.2.3", "1e5", "0.1234567891", ""])("refuses %s", (typed) => expect(parseDecimal(typed)).toBeNull());
  it("orders without floats", () => {
    expect(compareDecimals("9007199254740993", "9007199254740992")).toBe(1);
    expect(compareDecimals("-10", "-9.5")).toBe(-1);
    expect(compareDecimals("0.10", "0.1")).toBe(0);
    expect(compareDecimals(null, "0")).toBe(1);
  });
});

describe("copied tables", () => {
  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["@sum", "'@sum"],
    ["-cmd|x", "'-cmd|x"],
    ["+1+cmd", "'+1+cmd"],
    ["−11.2 %", "−11.2 %"],
    ["-11.2", "-11.2"],
    ["a\tb", "a b"],
  ])("make %s safe", (text, safe) => expect(safeCell(text)).toBe(safe));
  it("have a header and a total", () => {
    const cell = (text: string) => ({ text, tone: "plain" as const });
    expect(tableToTsv({ columns: [{ title: "Day", align: "left", weight: 1 }], rows: [[cell("1")]], total: [cell("2")] })).toBe("Day\n1\n2");
  });
});

describe("texts of the core", () => {
  it.each([
    ["USD 73833.579098971", "USD 73,833.579098971"],
    ["1234567890", "1,234,567,890"],
    ["USD 0.0116625", "USD 0.0116625"],
    ["−4096", "−4,096"],
    ["2026-09-30", "2026-09-30"],
    ["1 Jul 2026", "1 Jul 2026"],
  ])("groups the digits of %s and loses none", (text, shown) => expect(groupDigits(text)).toBe(shown));

  it.each([
    ["https://github.com/sst/models.dev/commit/e60ca76d45b4", "models.dev e60ca76"],
    ["https://web.archive.org/web/20260116072901/https://www.alibabacloud.com/help/en/model-studio/model-pricing", "alibabacloud.com"],
    ["https://ai.google.dev/gemini-api/docs/pricing.md.txt", "ai.google.dev"],
    ["Schedule B", "Schedule B"],
  ])("names the source %s briefly", (source, shown) => expect(shortSource(source)).toBe(shown));

});
