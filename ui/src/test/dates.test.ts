import { describe, expect, it } from "vitest";
import { dayOfText } from "@/core/dayText";

const iso = (text: string): string | undefined => dayOfText(text)?.toISOString().slice(0, 10);

describe("a typed day", () => {
  it("is read as the product shows it and as it asks for it", () => {
    for (const text of ["2026-07-01", "2026/7/1", "2026.07.01", "1 Jul 2026", "1 July 2026", "01 jul. 2026", "2026年7月1日"]) {
      expect(iso(text), text).toBe("2026-07-01");
    }
  });
  it("is refused where it has two readings or is none", () => {
    for (const text of ["07/01/2026", "2026-02-30", "31 Feb 2026", "1 Foo 2026", "tomorrow", ""]) expect(iso(text), text).toBeUndefined();
  });
});
