/** Days in the reporting time zone, as the core's instants. */

/** How far the zone's clock is ahead of UTC at that moment, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const part = new Map(
    new Intl.DateTimeFormat("en-US", {
      timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    })
      .formatToParts(at)
      .map((item) => [item.type, Number(item.value)]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  return Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second")) - at;
}

/** The first moment of a day: where midnight was skipped, the moment the clock sprang to. */
export function startOfDay(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const before = midnight - offsetAt(midnight - 86_400_000, timeZone);
  const guess = midnight - offsetAt(before, timeZone);
  const settled = guess + offsetAt(guess, timeZone) === midnight ? guess : before;
  return new Date(settled).toISOString().replace(".000Z", "Z");
}

/** The day an instant lies in, where the workspace reports. */
export function dayIn(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);
}

/** Today's date where the workspace reports. */
export function today(timeZone: string): string {
  const now = Date.now();
  return new Date(now + offsetAt(Math.floor(now / 1000) * 1000, timeZone)).toISOString().slice(0, 10);
}
