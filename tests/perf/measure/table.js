/**
 * How fast the table of the page is, in milliseconds: scrolling, sorting, filtering. Run in the page through WebDriver.
 * A frame's script is the time from its scroll event to its animation frame: what the table does with the event lies between.
 */
const done = arguments[arguments.length - 1];
const frame = () => new Promise((next) => requestAnimationFrame(next));
const scroller = document.querySelector('[data-testid="large"]');
const first = () => scroller.querySelector("tr[data-index]")?.dataset.key;
const count = () => document.querySelector('[data-testid="large-count"]').textContent;

/** Whether a row is drawn at each height of what can be seen. */
const whole = () => {
  const { left, top, bottom } = scroller.getBoundingClientRect();
  for (let y = top + 40; y < Math.min(bottom, innerHeight) - 4; y += 30) {
    if (!document.elementFromPoint(left + 60, y)?.closest("tr[data-index]")) return false;
  }
  return true;
};

async function scrolled(step, frames) {
  const times = [];
  let blank = 0;
  let began = 0;
  const note = () => {
    began = performance.now();
  };
  addEventListener("scroll", note, true);
  for (let at = 0; at < frames; at++) {
    began = 0;
    scroller.scrollTop += step;
    await frame();
    if (began > 0) times.push(performance.now() - began);
    if (!whole()) blank += 1;
  }
  removeEventListener("scroll", note, true);
  return { times, blank, rows: Math.round(scroller.scrollTop / 32) };
}

/** From the act to the rows it leads to. */
async function took(act, seen) {
  const before = seen();
  const start = performance.now();
  const changed = new Promise((next) => {
    const look = new MutationObserver(() => {
      if (seen() === before) return;
      look.disconnect();
      next(performance.now() - start);
    });
    look.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  act();
  const time = await Promise.race([changed, new Promise((next) => setTimeout(next, 5000, -1))]);
  await frame();
  await frame();
  return time;
}

const header = (name) => [...document.querySelectorAll(".sort")].find((button) => button.textContent === name);
const type = (text) => {
  const field = document.querySelector('[data-testid="large-filter"]');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

(async () => {
  scroller.scrollTop = 0;
  await frame();
  const wheel = await scrolled(120, 200);
  const fling = await scrolled(480, 200);
  scroller.scrollTop = 0;
  await frame();
  const sorts = {};
  for (const name of ["Model", "Input", "Vendor"]) {
    sorts[name] = [];
    for (let again = 0; again < 3; again++) sorts[name].push(await took(() => header(name).click(), first));
  }
  document.querySelector('[data-testid="large-filter"]').focus();
  await frame();
  const filters = [];
  for (const text of ["h", "harbor", "harbor 9", "vendor 17", "nothing", ""]) filters.push(await took(() => type(text), count));
  done({ wheel, fling, sorts, filters, total: count() });
})();
