/**
 * What is wrong with the page as it is laid out: overflow, clipped text, overlap, alignment, contrast.
 * Run in the real window; answers with one sentence for each fault. Contrast is WCAG 2.2's formula.
 */
(() => {
  const faults = [];
  const name = (element) => {
    const said = (element.getAttribute("aria-label") || element.innerText || element.getAttribute("placeholder") || "").trim().replace(/\s+/g, " ").slice(0, 50);
    const own = element.getAttribute("data-testid") ?? [element.tagName.toLowerCase(), ...element.classList].join(".");
    return said ? `${own} “${said}”` : own;
  };
  const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  /** The part of an element that can be seen: within the window and within all that scrolls around it. */
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const part = { left: Math.max(box.left, view.left), top: Math.max(box.top, view.top), right: Math.min(box.right, view.right), bottom: Math.min(box.bottom, view.bottom) };
    for (let around = element.parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const edge = around.getBoundingClientRect();
      part.left = Math.max(part.left, edge.left);
      part.top = Math.max(part.top, edge.top);
      part.right = Math.min(part.right, edge.right);
      part.bottom = Math.min(part.bottom, edge.bottom);
    }
    return part.right - part.left > 1 && part.bottom - part.top > 1 ? part : null;
  };
  const hidden = (element) => {
    const style = getComputedStyle(element);
    return style.visibility === "hidden" || style.display === "none" || Number(style.opacity) === 0 || element.closest("[hidden], .visually-hidden, [inert]") !== null;
  };
  const all = [...document.body.querySelectorAll("*")].filter((element) => !(element instanceof SVGElement) && !hidden(element));

  // Overflow: nothing makes the window scroll sideways, and no box runs out of the one that holds it.
  const wide = document.scrollingElement;
  if (wide.scrollWidth > innerWidth + 1) faults.push(`overflow: the page is ${wide.scrollWidth} px wide in ${innerWidth}`);
  for (const element of all) {
    const parent = element.parentElement;
    if (!parent || parent === document.body || getComputedStyle(element).position === "absolute" || getComputedStyle(element).position === "fixed") continue;
    const [box, around] = [element.getBoundingClientRect(), parent.getBoundingClientRect()];
    if (box.width < 2 || around.width < 2 || seen(element) === null) continue;
    const style = getComputedStyle(parent);
    if (style.overflowX !== "visible" || getComputedStyle(element).marginLeft.startsWith("-") || getComputedStyle(element).marginRight.startsWith("-")) continue;
    if (box.right > around.right + 1.5 && ["block", "flex", "grid", "inline-flex", "inline-block", "inline-grid"].includes(style.display)) faults.push(`overflow: ${name(element)} runs ${Math.round(box.right - around.right)} px out of ${name(parent)}`);
  }

  // Clipped text: what does not fit is said in full on hover, and nothing is cut without an ellipsis.
  for (const element of all) {
    const style = getComputedStyle(element);
    const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
    if (!text || seen(element) === null || style.overflowX === "visible") continue;
    if (element.scrollWidth <= element.clientWidth + 1 || element.matches("input, textarea, select")) continue;
    if (["auto", "scroll"].includes(style.overflowX)) continue;
    if (style.textOverflow !== "ellipsis") faults.push(`clipped: ${name(element)} is cut without a sign`);
    else if (element.closest("[title]") === null) faults.push(`clipped: ${name(element)} does not say the rest`);
  }

  // Overlap: whatever can be pressed or typed into is reached where it is drawn; behind a dialog nothing can.
  const modal = document.querySelector(".backdrop") ? [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(-1) : undefined;
  const controls = all.filter((element) => modal === undefined || modal.contains(element)).filter((element) => element.matches("button, a[href], input, textarea, select, [role=tab], [role=switch], [role=checkbox]"));
  for (const element of controls) {
    const part = seen(element);
    if (part === null || element.matches(":disabled") || getComputedStyle(element).pointerEvents === "none") continue;
    const [x, y] = [(part.left + part.right) / 2, (part.top + part.bottom) / 2];
    const there = document.elementFromPoint(x, y);
    if (there && !element.contains(there) && !there.contains(element) && there.closest("label")?.contains(element) !== true) faults.push(`overlap: ${name(there)} lies on ${name(element)}`);
  }

  // Alignment: fields and buttons in one row have one height; header and table end on one line.
  for (const row of document.querySelectorAll(".page-actions, .row, .document-add")) {
    const heights = new Map();
    for (const item of row.children) {
      for (const control of item.matches(".button, .input, .select-trigger, .segmented, .native-select") ? [item] : []) {
        if (!hidden(control)) heights.set(Math.round(control.getBoundingClientRect().height), name(control));
      }
    }
    if (heights.size > 1) faults.push(`alignment: ${[...heights].map(([height, which]) => `${which} is ${height} px high`).join(", ")}`);
  }
  const header = document.querySelector(".page-header .page-actions");
  const right = header && header.children.length > 0 ? header.getBoundingClientRect().right : null;
  for (const block of document.querySelectorAll(".page-body .data-table, .page-body .tiles, .page-body .strip")) {
    // A table wider than its page is moved within its frame: the frame is what stands on the page.
    const frame = block.closest(".table-scroll") ?? block;
    const end = frame.getBoundingClientRect().right;
    // What ends far from it stands in a column of its own.
    if (right !== null && seen(block) !== null && Math.abs(end - right) > 1.5 && Math.abs(end - right) < 60) faults.push(`alignment: ${name(block)} ends ${Math.round(end - right)} px from its header`);
  }

  // Contrast of text on what it stands on.
  const rgb = (text) => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  };
  const known = new Map();
  const colour = (text) => known.get(text) ?? known.set(text, rgb(text)).get(text);
  const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      if (layer.a > 0) layers.push(layer);
      if (layer.a === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), { r: 255, g: 255, b: 255, a: 1 });
  };
  const luminance = ({ r, g, b }) => {
    const [R, G, B] = [r, g, b].map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  for (const element of all) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
    if (!own || seen(element) === null || element.closest(":disabled, [aria-disabled=true], .undone, canvas") !== null) continue;
    const style = getComputedStyle(element);
    let faded = 1;
    for (let at = element; at; at = at.parentElement) faded *= Number(getComputedStyle(at).opacity);
    const under = ground(element);
    const ink = over({ ...colour(style.color), a: colour(style.color).a * faded }, under);
    const [light, dark] = [luminance(ink), luminance(under)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const large = Number.parseFloat(style.fontSize) >= 24 || (Number.parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5) - 0.005) faults.push(`contrast: ${name(element)} has ${ratio.toFixed(2)}`);
  }
  return [...new Set(faults)];
})();
