/** Small view state that comes back after a restart: sort, widths, filters, the last place. Never data. */
const PREFIX = "quarterdeck.";

export function readPersisted<T>(key: string, fallback: T): T {
  try {
    const text = window.localStorage.getItem(PREFIX + key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function writePersisted(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden store costs a remembered width, nothing else.
  }
}
