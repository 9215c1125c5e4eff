import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useDraft } from "@/core/autosave";

describe("saving as one types", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function draft(save: (value: { name: string }) => Promise<unknown>) {
    const server = { name: "Harbor" };
    return renderHook(({ id }) => useDraft(server, id, save), { initialProps: { id: "a" } });
  }

  it("writes once after a pause of 300 ms", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { result } = draft(save);
    act(() => result.current.change({ name: "H" }));
    act(() => result.current.change({ name: "Ha" }));
    await act(() => vi.advanceTimersByTimeAsync(299));
    expect(save).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(2));
    expect(save.mock.calls).toEqual([[{ name: "Ha" }]]);
    expect(result.current.status).toBe("saved");
  });

  it("writes at once when the field is left", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { result } = draft(save);
    act(() => result.current.change({ name: "Quill" }));
    await act(() => result.current.flush());
    expect(save).toHaveBeenCalledExactlyOnceWith({ name: "Quill" });
  });

  it("writes what waits when another record is shown or the window closes", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { result, unmount } = draft(save);
    act(() => result.current.change({ name: "Left behind" }));
    unmount();
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(save).toHaveBeenCalledExactlyOnceWith({ name: "Left behind" });
  });

  it("keeps what was typed when the core refuses it", async () => {
    const refusal = { code: "invalid", params: {}, fields: [{ field: "name", code: "taken", params: {} }], retryable: false, logId: "" };
    const { result } = draft(() => Promise.reject(refusal));
    act(() => result.current.change({ name: "Taken" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(result.current.status).toBe("failed");
    expect(result.current.value.name).toBe("Taken");
    expect(result.current.error?.fields[0]?.code).toBe("taken");
  });

  it("never lets an older write overtake a newer one", async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const save = (value: { name: string }): Promise<void> =>
      new Promise((done) => {
        order.push(`start ${value.name}`);
        release = () => {
          order.push(`end ${value.name}`);
          done();
        };
      });
    const { result } = draft(save);
    act(() => result.current.change({ name: "one" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    act(() => result.current.change({ name: "two" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(order).toEqual(["start one"]);
    await act(async () => {
      release();
      await vi.advanceTimersByTimeAsync(0);
    });
    expect(order).toEqual(["start one", "end one", "start two"]);
  });
});
