import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { DateField } from "@/components/DateField";
import { DecimalField } from "@/components/Field";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";

function Form() {
  const [amount, setAmount] = useState<string | null>("60");
  const [day, setDay] = useState<string | null>("2026-04-01");
  const { unreadable, mark } = useReadableFields();
  return (
    <WithReadableFields value={mark}>
      <DecimalField label="Amount" value={amount} onChange={setAmount} data-testid="amount" />
      <DateField label="Day" value={day} onChange={setDay} data-testid="day" />
      <output data-testid="sent">{unreadable ? "nothing" : `${amount ?? "none"} ${day ?? "none"}`}</output>
      <output data-testid="kept">{`${amount ?? "none"} ${day ?? "none"}`}</output>
    </WithReadableFields>
  );
}

const typed = (testid: string, ...texts: string[]): void => {
  const input = screen.getByTestId(testid);
  fireEvent.focus(input);
  for (const value of texts) fireEvent.change(input, { target: { value } });
  fireEvent.blur(input);
};
const text = (testid: string): string => screen.getByTestId(testid).textContent;

describe("a field whose text is no value", () => {
  it("keeps what it had and sends nothing, whatever was read on the way", () => {
    render(<Form />);
    typed("amount", "1", "1e", "1e3");
    expect([text("sent"), text("kept")]).toEqual(["nothing", "60 2026-04-01"]);
    typed("amount", "48");
    expect(text("sent")).toBe("48 2026-04-01");
    typed("day", "2026-07-1", "2026-07-1x");
    expect([text("sent"), text("kept")]).toEqual(["nothing", "48 2026-04-01"]);
    typed("day", "1 July 2026");
    expect(text("sent")).toBe("48 2026-07-01");
  });
});
