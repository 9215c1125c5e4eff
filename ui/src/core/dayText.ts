const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A day as it is typed, or as the product itself shows one: 2026-09-30, 30 Sep 2026, 2026年9月30日. Null for anything else. */
export function dayOfText(text: string): Date | null {
  const trimmed = text.trim();
  const numbers = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(trimmed);
  if (numbers) return existing(Number(numbers[1]), Number(numbers[2]), Number(numbers[3]));
  const words = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?\s+(\d{4})$/i.exec(trimmed);
  const month = MONTHS.indexOf((words?.[2] ?? "").slice(0, 3).toLowerCase()) + 1;
  return words && month > 0 ? existing(Number(words[3]), month, Number(words[1])) : null;
}

function existing(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}
