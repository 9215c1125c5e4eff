import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// A page of its own file is read while something else may have the processor: what is waited for may take its time.
configure({ asyncUtilTimeout: 8_000 });

// Pages nobody goes to are not read while a test ends.
vi.mock("@/core/lazyPage", async (original) => ({ ...(await original<object>()), readPagesWhenIdle: () => undefined }));

// What jsdom lacks and browsers have.
class NoResize {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
window.ResizeObserver ??= NoResize;
window.matchMedia ??= (query: string) => ({
  matches: false, media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined,
  addEventListener: () => undefined, removeEventListener: () => undefined, dispatchEvent: () => false,
});
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.scrollTo ??= () => undefined;
Element.prototype.getAnimations ??= () => [];
// Lists that draw only what is visible need a height to be visible in.
for (const side of ["offsetHeight", "offsetWidth"] as const) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 640 });
}
window.scrollTo = () => undefined;

// Before any test puts a clock of its own in its place.
const later = window.setTimeout.bind(window);

afterEach(async () => {
  cleanup();
  // What a query still has to say is said on a timer: after the last test of a file there is no window left to say it in.
  await new Promise((said) => later(said, 0));
  window.localStorage.clear();
  window.location.hash = "";
});

// A range has no place where nothing is laid out; the editor asks for one.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();
