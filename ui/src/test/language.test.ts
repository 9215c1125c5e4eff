import { afterEach, expect, it } from "vitest";
import { initialLang } from "../core/first";

afterEach(() => window.localStorage.removeItem("quarterdeck.lang"));

it("starts in a language there is, whatever is kept on the device", () => {
  const kept = (value: unknown) => window.localStorage.setItem("quarterdeck.lang", JSON.stringify(value));
  kept("zh-CN");
  expect(initialLang()).toBe("zh-CN");
  for (const other of ["zh-Hans", "fr", 7, null, { lang: "en" }]) {
    kept(other);
    expect(initialLang()).toBe("en");
  }
});
