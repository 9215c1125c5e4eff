import { describe, expect, it } from "vitest";
import { compareDecimals, parseDecimal } from "@/core/decimal";
import { formatFor, groupDigits, shortSource } from "@/core/format";
import { startOfDay } from "@/core/zone";
import { typedMoney } from "@/core/money";
import { safeCell, tableToTsv } from "@/charts/tableText";

const en = formatFor("en", "America/New_York");
const zh = formatFor("zh-CN", "Asia/Shanghai");
const usd = (amount: string) => typedMoney(amount, "USD");

describe("money", () => {
  it("rounds a tie to the even digit, as the deck and the command line do", () => {
    expect(["16.125", "16.135", "-65.025", "0.00125", "2.5"].map((amount) => en.money(usd(amount)))).toEqual(["$16.12", "$16.14", "−$65.02", "$0.00125", "$2.50"]);
    expect(en.amountSigned(usd("16.125"))).toBe("+16.12");
  });

  it("keeps every digit a double would lose", () => {
    expect(en.moneyExact(usd("9007199254740993.123456789"))).toBe("$9,007,199,254,740,993.123456789");
    expect(en.moneyExact(usd("-0.000000001"))).toBe("−$0.000000001");
  });
  it("stops at the cent, unless there is less than one", () => {
    expect(en.money(usd("36740.955496296"))).toBe("$36,740.96");
    expect(en.money(usd("0.0045"))).toBe("$0.00450");
    expect(en.money(usd("0"))).toBe("$0.00");
    expect(en.money(usd("10.5"))).toBe("$10.50");
  });
  it("is compact in tiles and precise when small", () => {
    expect(en.moneyCompact(usd("2480002.36"))).toBe("$2.48\u202fM");
    expect(en.moneyCompact(usd("0.208406409"))).toBe("$0.208");
    expect(en.moneyCompact(usd("16.125"))).toBe("$16.12");
  });
  it("is a dash when unknown, never zero", () => {
    expect(en.money(null)).toBe("—");
    expect(en.figure({ kind: "unknown", reason: "no-usage" })).toBe("—");
  });
});

describe("other figures", () => {
  it("spells shares and changes with a true minus", () => {
    expect(en.share(0.4131)).toBe("41.3\u202f%");
    expect([en.share(0.99996), en.share(1), en.share(0.9994)]).toEqual(["99.9\u202f%", "100.0\u202f%", "99.9\u202f%"]);
    expect(en.change({ ratio: -0.112, points: null, direction: "down", tone: "good", against: "Q2" })).toBe("−11.2\u202f%");
    expect(en.change({ ratio: null, points: 0.188, direction: "up", tone: "good", against: "Q2" })).toBe("+18.8\u202fpt");
  });
  it("keeps big counts exact", () => {
    expect(en.count("12345678901234567890")).toBe("12,345,678,901,234,567,890");
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

describe("the first moment of a day", () => {
  it.each([
    ["2026-07-01", "America/New_York", "2026-07-01T04:00:00Z"],
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00Z"],
    ["2026-03-09", "America/New_York", "2026-03-09T04:00:00Z"],
    ["2026-11-02", "America/New_York", "2026-11-02T05:00:00Z"],
    ["2026-07-01", "Asia/Kolkata", "2026-06-30T18:30:00Z"],
    ["2026-07-01", "UTC", "2026-07-01T00:00:00Z"],
    // Clocks sprang from 00:00 to 01:00: the day began at 01:00.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
  ])("%s in %s", (day, zone, instant) => expect(startOfDay(day, zone)).toBe(instant));
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

  it("ends a span on its last day", () => expect(formatFor("en", "UTC").lastDay("2026-07-01T00:00:00Z")).toBe("30 Jun 2026"));
});
