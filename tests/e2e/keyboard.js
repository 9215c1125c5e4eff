/**
 * What the keyboard meets on the page: what has the focus and whether a person sees that, and, asked for the whole, everything
 * that Tab has to reach. Run in the real window. Elements come with the group they are of: within one the arrows lead on from
 * where Tab came in. Answers with { here, shown, all }.
 */
((whole) => {
  const PRESSED = "button, a[href], input, textarea, select, summary, [role=tab], [role=switch], [role=checkbox], [tabindex]";
  const name = (element) => {
    const said = (element.getAttribute("aria-label") || element.innerText || element.getAttribute("placeholder") || element.getAttribute("title") || "").trim().replace(/\s+/g, " ").slice(0, 60);
    return `${element.getAttribute("data-testid") ?? element.tagName.toLowerCase()} “${said}”`;
  };
  const seen = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== "hidden" && style.display !== "none" && box.width > 1 && box.height > 1 && element.closest("[hidden], [inert], [aria-hidden=true]") === null;
  };
  // Within these the arrows go on from where Tab came in.
  const group = (element) => element.closest("[role=tablist], [role=radiogroup], [role=menu], [role=toolbar], [role=group].segmented, tbody, tfoot, [role=grid]");
  // A combobox opens from its field, by the arrow down: its button is for the mouse.
  const forMouse = (element) => element.matches(".combobox-trigger") || (element.tabIndex < 0 && !element.matches("button, a, input, select, textarea"));
  const usable = whole ? [...document.querySelectorAll(PRESSED)].filter((element) => seen(element) && !element.matches(":disabled") && element.getAttribute("aria-disabled") !== "true" && !forMouse(element)) : [];
  const ring = (element) => {
    if (!element) return false;
    const style = getComputedStyle(element);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) return true;
    if (style.boxShadow !== "none") return true;
    return false;
  };
  const here = document.activeElement;
  const around = here && here !== document.body ? [here, here.querySelector("td"), here.parentElement, here.closest("label, .input-group, .switch"), here.nextElementSibling] : [];
  globalThis.walkIds ??= new WeakMap();
  globalThis.walkNext ??= 0;
  const id = (element) => {
    if (!globalThis.walkIds.has(element)) globalThis.walkIds.set(element, ++globalThis.walkNext);
    return globalThis.walkIds.get(element);
  };
  const told = (element) => ({ id: id(element), name: name(element), group: group(element) ? id(group(element)) : null });
  return { here: here && here !== document.body ? told(here) : null, shown: around.some(ring), all: usable.map(told) };
})
