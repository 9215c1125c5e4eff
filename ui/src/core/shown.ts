/** Once what is on the page now is on the screen. The first frame asked for comes before that, the next one after. */
export const shown = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
