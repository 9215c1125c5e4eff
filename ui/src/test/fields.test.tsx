import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { DateField } from "@/components/DateField";
import { DecimalField } from "@/components/Field";
import { WithReadableFields, useReadableFields } from "@/components/unreadable";

function Form({ amount: start = "60" }: { amount?: string }) {
  const [amount, setAmount] = useState<string | null>(start);
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

  it("is still there when one comes back to mend it", () => {
    render(<Form />);
    typed("amount", "48x");
    typed("day", "2026-02-30");
    const shown = (testid: string): string => screen.getByTestId<HTMLInputElement>(testid).value;
    for (const testid of ["amount", "day"]) fireEvent.focus(screen.getByTestId(testid));
    expect([shown("amount"), shown("day")]).toEqual(["48x", "2026-02-30"]);
  });
});

describe("a value that is shown in one form and typed in another", () => {
  it("is typed over by who comes to it with Tab", async () => {
    const user = userEvent.setup();
    render(<Form amount="1200" />);
    await user.tab();
    await user.keyboard("7");
    await user.tab();
    await user.keyboard("2026-05-02");
    await user.tab();
    expect(text("kept")).toBe("7 2026-05-02");
  });
});
