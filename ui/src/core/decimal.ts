/** Exact decimal strings: order and shape only, never a calculation. */

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** Order of two decimal strings of any length; unknown sorts last. */
export function compareDecimals(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const left = DECIMAL.exec(a);
  const right = DECIMAL.exec(b);
  if (!left || !right) return a < b ? -1 : a > b ? 1 : 0;
  const negative = left[1] === "-";
  if (negative !== (right[1] === "-")) return negative ? -1 : 1;
  const order = compareUnsigned(left, right);
  return negative ? -order : order;
}

function compareUnsigned(left: RegExpExecArray, right: RegExpExecArray): number {
  const wholeLeft = (left[2] ?? "").replace(/^0+/, "");
  const wholeRight = (right[2] ?? "").replace(/^0+/, "");
  if (wholeLeft.length !== wholeRight.length) return wholeLeft.length < wholeRight.length ? -1 : 1;
  if (wholeLeft !== wholeRight) return wholeLeft < wholeRight ? -1 : 1;
  const length = Math.max(left[3]?.length ?? 0, right[3]?.length ?? 0);
  const fractionLeft = (left[3] ?? "").padEnd(length, "0");
  const fractionRight = (right[3] ?? "").padEnd(length, "0");
  return fractionLeft === fractionRight ? 0 : fractionLeft < fractionRight ? -1 : 1;
}

/**
 * What a person typed as a decimal string, or null when it is not one. Accepts "1,234.50", "1 234,50" and "1234.5";
 * a single separator followed by exactly three digits is read as thousands only where the locale groups with it.
 */
export function parseDecimal(typed: string, places = 9): string | null {
  // A minus as the keyboard has it, or as numbers are written here.
  const text = typed.trim().replace(/[\s\u00a0\u202f'’]/g, "").replace(/^\u2212/, "-");
  if (text === "") return null;
  const comma = text.lastIndexOf(",");
  const dot = text.lastIndexOf(".");
  let plain = text;
  if (comma >= 0 && dot >= 0) {
    plain = comma > dot ? text.replace(/\./g, "").replace(",", ".") : text.replace(/,/g, "");
  } else if (comma >= 0) {
    plain = /^[+-]?\d{1,3}(,\d{3})+$/.test(text) ? text.replace(/,/g, "") : text.replace(",", ".");
  }
  const match = DECIMAL.exec(plain.startsWith(".") ? `0${plain}` : plain);
  if (!match || (match[3]?.length ?? 0) > places) return null;
  const sign = match[1] === "-" ? "-" : "";
  const whole = (match[2] ?? "0").replace(/^0+(?=\d)/, "");
  return match[3] ? `${sign}${whole}.${match[3]}` : `${sign}${whole}`;
}

/** The same digits with the point moved to the right, or to the left where `places` is negative: a share as a percentage, and back. */
export function movePoint(text: string, places: number): string {
  const match = DECIMAL.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", fraction = ""] = match;
  const digits = places >= 0 ? whole + fraction.padEnd(places, "0") : whole.padStart(1 - places, "0") + fraction;
  const point = places >= 0 ? whole.length + places : Math.max(whole.length, 1 - places) + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const right = digits.slice(point).replace(/0+$/, "");
  return `${sign === "-" ? "-" : ""}${left === "" ? "0" : left}${right === "" ? "" : `.${right}`}`;
}
