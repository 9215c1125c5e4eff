/** Pages in files of their own: what the first picture does not need is read after it. */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";

type Load<Props> = () => Promise<ComponentType<Props>>;
const loads: (() => Promise<unknown>)[] = [];

export function lazyPage<Props extends object>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Reads the others while nobody waits, so that going to one is never slower than staying. */
export function readPagesWhenIdle(): void {
  const read = (): void => loads.forEach((load) => void load());
  if (typeof window.requestIdleCallback === "function") window.requestIdleCallback(read, { timeout: 2_000 });
  else window.setTimeout(read, 600);
}
